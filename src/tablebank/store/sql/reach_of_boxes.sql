-- The tables and sessions that the count of some boxes concerns: those the boxes were taken off, those
-- whose slips lie in them or are named in what was found in them, now or in a count it corrects, and
-- those whose credits of these days bear a marker that was found.
with counted as (
    select id, mount_id, table_id, session_id from box_removal
    where casino_id = %(casino)s and id = any(%(removals)s)
),
named(number) as (
    select unnest(%(numbers)s::text[])
    union
    select line->>'number' from counted join soft_count kept
      on kept.casino_id = %(casino)s and kept.removal_id = counted.id
    cross join lateral jsonb_array_elements(kept.evidence) line
    where line->>'number' is not null
)
select table_id, session_id from counted
union
select kept.table_id, kept.session_id from counted join slip kept
  on kept.casino_id = %(casino)s and kept.mount_id = counted.mount_id
union
select kept.table_id, kept.session_id from named join slip kept
  on kept.casino_id = %(casino)s and kept.number = named.number
union
select near.table_id, near.id from counted
  join box_removal gone on gone.casino_id = %(casino)s and gone.id = counted.id
  join table_session near on near.casino_id = %(casino)s
   and near.gaming_day between gone.gaming_day - 3 and gone.gaming_day + 1
  join slip kept on kept.casino_id = %(casino)s and kept.session_id = near.id
  cross join lateral jsonb_array_elements(kept.lines) line
  where cardinality(%(markers)s::text[]) > 0 and line->>'number' = any(%(markers)s)
