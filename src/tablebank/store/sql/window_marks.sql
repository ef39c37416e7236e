-- The counts that can begin or end a window, for each table of a casino: at most a handful a table.
--
-- The latest at or before the start; the earliest and the latest inside; and where the window is a
-- shift, the opener of its first session and the closer of its last (BASE-1, BASE-2, BASE-3). Only
-- counts that stand: none superseded, none of a voided session. Attested trays are let in before the
-- start where asked, never inside (SNAP-2). Each is found by index: the cost grows with tables, not
-- with history.
with asked as (
    select id as table_id from gaming_table
    where casino_id = %(casino_id)s and (%(tables)s::uuid[] is null or id = any(%(tables)s))
),
ours as (
    select table_id, min(ordinal) as first, max(ordinal) as last from table_session
    where casino_id = %(casino_id)s and shift_id = %(shift_id)s and ordinal is not null
      and phase <> 'VOIDED' and (%(tables)s::uuid[] is null or table_id = any(%(tables)s))
    group by table_id
),
found as (
    select seen.* from asked cross join lateral (
        select shot.*, played.ordinal, false as is_edge
        from tray_snapshot shot left join table_session played
          on played.casino_id = %(casino_id)s and played.id = shot.session_id
        where shot.casino_id = %(casino_id)s and shot.table_id = asked.table_id
          and shot.occurred_at <= %(start)s
          and (%(attested)s or shot.basis <> 'PAR_ATTESTED')
          and played.phase is distinct from 'VOIDED'
          and not exists (select from tray_snapshot later
                          where later.casino_id = %(casino_id)s and later.supersedes = shot.id)
        order by shot.occurred_at desc, shot.recorded_at desc, played.ordinal desc nulls last,
                 shot.kind
        limit 1) seen
    union all
    select seen.* from asked cross join lateral (
        select shot.*, played.ordinal, false as is_edge
        from tray_snapshot shot left join table_session played
          on played.casino_id = %(casino_id)s and played.id = shot.session_id
        where shot.casino_id = %(casino_id)s and shot.table_id = asked.table_id
          and shot.occurred_at > %(start)s and shot.occurred_at <= %(end)s
          and shot.basis <> 'PAR_ATTESTED'
          and played.phase is distinct from 'VOIDED'
          and (%(shift_id)s::uuid is null or played.id is null or played.shift_id = %(shift_id)s)
          and not exists (select from tray_snapshot later
                          where later.casino_id = %(casino_id)s and later.supersedes = shot.id)
        order by shot.occurred_at, shot.recorded_at, played.ordinal, shot.kind desc
        limit 1) seen
    union all
    select seen.* from asked cross join lateral (
        select shot.*, played.ordinal, false as is_edge
        from tray_snapshot shot left join table_session played
          on played.casino_id = %(casino_id)s and played.id = shot.session_id
        where shot.casino_id = %(casino_id)s and shot.table_id = asked.table_id
          and shot.occurred_at > %(start)s and shot.occurred_at <= %(end)s
          and shot.basis <> 'PAR_ATTESTED'
          and played.phase is distinct from 'VOIDED'
          and (%(shift_id)s::uuid is null or played.id is null or played.shift_id = %(shift_id)s)
          and not exists (select from tray_snapshot later
                          where later.casino_id = %(casino_id)s and later.supersedes = shot.id)
        order by shot.occurred_at desc
        fetch first 1 row with ties) seen
    union all
    select shot.*, played.ordinal, true as is_edge
    from ours join table_session played
      on played.casino_id = %(casino_id)s and played.table_id = ours.table_id
     and (played.ordinal = ours.first or played.ordinal = ours.last)
    join tray_snapshot shot
      on shot.casino_id = %(casino_id)s and shot.session_id = played.id
     and ((shot.kind = 'OPENING' and played.ordinal = ours.first)
          or (shot.kind = 'CLOSING' and played.ordinal = ours.last))
    where not exists (select from tray_snapshot later
                      where later.casino_id = %(casino_id)s and later.supersedes = shot.id)
)
select table_id, id, kind, basis, total_cents, occurred_at, recorded_at,
       coalesce(ordinal, 0) as ordinal, bool_or(is_edge) as is_edge
from found
group by table_id, id, kind, basis, total_cents, occurred_at, recorded_at, ordinal
