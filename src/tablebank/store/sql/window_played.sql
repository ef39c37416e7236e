-- The sessions with play from a baseline on, and the boxes that served them (BASE-5, BOX-5).
--
-- For each table: from the session of its baseline (its ordinal, 1 where nothing was counted before)
-- to that of the last count up to `lasts`, which the next opener stands behind. A box that serves one
-- of them comes with every session it served, so that a drop group that reaches out is seen. Of the
-- boxes taken off after the last session only the first can have served it: boxes follow each other.
-- Each `offset 0` keeps a table's own small range a question of its own: joined as a whole, the planner
-- reads a casino's every session and box to find the few.
with span as (
    select span.table_id, span.low, latest.ordinal as high
    from unnest(%(tables)s::uuid[], %(lows)s::int[], %(lasts)s::timestamptz[])
        as span(table_id, low, last_at)
    cross join lateral (
        select played.ordinal from tray_snapshot shot join table_session played
          on played.casino_id = %(casino_id)s and played.id = shot.session_id
        where shot.casino_id = %(casino_id)s and shot.table_id = span.table_id
          and shot.occurred_at <= span.last_at
        order by shot.occurred_at desc, shot.recorded_at desc, played.ordinal desc limit 1) latest
),
played as (
    select span.table_id, session.ordinal, session.shift_id, counted.start_at,
           coalesce(counted.end_at, session.closed_at) as end_at
    from span cross join lateral (
        select * from table_session one
        where one.casino_id = %(casino_id)s and one.table_id = span.table_id
          and one.ordinal between span.low and span.high and one.phase <> 'VOIDED'
        offset 0) session
    cross join lateral (
        select max(occurred_at) filter (where kind = 'OPENING') as start_at,
               max(occurred_at) filter (where kind = 'CLOSING') as end_at
        from tray_snapshot shot
        where shot.casino_id = %(casino_id)s and shot.session_id = session.id
          and not exists (select from tray_snapshot later
                          where later.casino_id = %(casino_id)s and later.supersedes = shot.id)
    ) counted
    where counted.start_at is not null
),
reach as (
    select table_id, min(ordinal) as low, max(ordinal) as high from played group by table_id
),
mount as (
    select reach.table_id, box.id, box.serves_from, box.served_to as serves_up_to, box.in_play
    from reach cross join lateral (
        select * from box_mount one
        where one.casino_id = %(casino_id)s and one.table_id = reach.table_id
          and one.served_to between reach.low and reach.high
        offset 0) box
    union all
    select reach.table_id, after.id, after.serves_from, after.served_to, after.in_play
    from reach cross join lateral (
        select * from box_mount box
        where box.casino_id = %(casino_id)s and box.table_id = reach.table_id
          and box.served_to > reach.high
        order by box.served_to limit 1) after
    where after.serves_from <= reach.high
    union all
    select reach.table_id, box.id, box.serves_from, 2147483647, box.in_play
    from reach join box_mount box
      on box.casino_id = %(casino_id)s and box.table_id = reach.table_id
     and box.taken_off_at is null and box.serves_from <= reach.high
)
select table_id, 'played' as what, ordinal, shift_id, start_at, end_at,
       null::int[] as serves, null::boolean as in_play, null::boolean as removed,
       null::bigint as counted_cents
from played
union all
select mount.table_id, 'box', null, null, null, null,
       (select array_agg(session.ordinal) from table_session session
        where session.casino_id = %(casino_id)s and session.table_id = mount.table_id
          and session.ordinal between mount.serves_from and mount.serves_up_to
          and session.phase <> 'VOIDED'),
       mount.in_play, removal.id is not null, counted.drop_effect_cents
from mount left join lateral (
    select * from box_removal one
    where one.casino_id = %(casino_id)s and one.mount_id = mount.id
    offset 0) removal on true
left join lateral (
    select drop_effect_cents from soft_count
    where soft_count.casino_id = %(casino_id)s and soft_count.removal_id = removal.id
    order by revision desc limit 1) counted on true
