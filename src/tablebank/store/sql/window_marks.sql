-- The counts that can begin or end a window, for each table of a casino: at most a handful a table.
--
-- The latest at or before the start; the earliest and the latest inside, or every one where it is asked
-- how the window came about (`every`); and where the window is a shift, the opener of its first session
-- and the closer of its last (BASE-1, BASE-2, BASE-3). Only counts that stand: none superseded, none of
-- a voided session. Attested trays are let in before the start where asked, never inside (SNAP-2). Each
-- is found by index: the cost grows with tables and the window's length, not with history.
with asked as (
    select id as table_id from gaming_table
    where casino_id = %(casino_id)s and (%(tables)s::uuid[] is null or id = any(%(tables)s))
),
standing as not materialized (
    select shot.*, coalesce(played.ordinal, 0) as ordinal, played.shift_id
    from tray_snapshot shot left join table_session played
      on played.casino_id = %(casino_id)s and played.id = shot.session_id
    where shot.casino_id = %(casino_id)s and played.phase is distinct from 'VOIDED'
      and not exists (select from tray_snapshot later
                      where later.casino_id = %(casino_id)s and later.supersedes = shot.id)
),
inside as not materialized (
    select * from standing
    where occurred_at > %(start)s and occurred_at <= %(end)s and basis <> 'PAR_ATTESTED'
      and (%(shift_id)s::uuid is null or session_id is null or shift_id = %(shift_id)s)
),
ours as (
    select id, table_id, ordinal, min(ordinal) over of_table as first, max(ordinal) over of_table as last
    from table_session
    where casino_id = %(casino_id)s and shift_id = %(shift_id)s and ordinal is not null
      and phase <> 'VOIDED' and (%(tables)s::uuid[] is null or table_id = any(%(tables)s))
    window of_table as (partition by table_id)
),
found as (
    select seen.*, false as is_edge from asked cross join lateral (
        select * from standing
        where table_id = asked.table_id and occurred_at <= %(start)s
          and (%(attested)s or basis <> 'PAR_ATTESTED')
        order by occurred_at desc, recorded_at desc, ordinal desc, kind limit 1) seen
    union all
    select seen.*, false from asked cross join lateral (
        select * from inside where table_id = asked.table_id
        order by occurred_at, recorded_at, ordinal, kind desc limit 1) seen
    union all
    select seen.*, false from asked cross join lateral (
        select * from inside where table_id = asked.table_id
        order by occurred_at desc fetch first 1 row with ties) seen
    union all
    select inside.*, false from inside where %(every)s
      and (%(tables)s::uuid[] is null or table_id = any(%(tables)s))
    union all
    select seen.*, true from ours cross join lateral (
        select * from standing
        where session_id = ours.id
          and ((kind = 'OPENING' and ours.ordinal = ours.first)
               or (kind = 'CLOSING' and ours.ordinal = ours.last))
        offset 0) seen
    where ours.ordinal in (ours.first, ours.last)
)
select table_id, id, kind, basis, total_cents, occurred_at, recorded_at, ordinal,
       bool_or(is_edge) as is_edge
from found
group by table_id, id, kind, basis, total_cents, occurred_at, recorded_at, ordinal
