-- Tables' sessions over stretches of gaming days, as advice looks at them: a row for each, with its
-- counts that stand (SNAP-1) and its slips summed up (SUGG-1). One round trip for a whole house.
select
    asked.nth, s.ordinal, s.gaming_day, s.shift_code, s.game_type, s.phase, s.need_total_cents,
    counted.opening, counted.interim, counted.closing,
    s.attested_at is not null or coalesce(moved.adjusted, false),
    coalesce(moved.unsettled, false), moved.fills, moved.credits
from unnest(%(tables)s::uuid[], %(firsts)s::date[], %(lasts)s::date[])
     with ordinality asked (table_id, first_day, last_day, nth)
join table_session s on s.casino_id = %(casino)s and s.table_id = asked.table_id
     and s.gaming_day between asked.first_day and asked.last_day
left join lateral (
    select
        (array_agg(case when n.basis <> 'PAR_ATTESTED' then n.total_cents end
                   order by n.occurred_at desc, n.recorded_at desc)
         filter (where n.kind = 'OPENING'))[1] as opening,
        array_agg(n.total_cents order by n.id) filter (where n.kind = 'INTERIM') as interim,
        (array_agg(n.total_cents order by n.occurred_at desc, n.recorded_at desc)
         filter (where n.kind = 'CLOSING'))[1] as closing
    from tray_snapshot n
    where n.casino_id = s.casino_id and n.session_id = s.id
      and not exists (
          select 1 from tray_snapshot o
           where o.casino_id = n.casino_id and o.session_id = n.session_id and o.supersedes = n.id)
) counted on true
left join lateral (
    select
        bool_or(p.status = any(%(in_flight)s)) as unsettled,
        bool_or(p.purpose = 'FINAL_ADJUSTMENT' and p.status = any(%(verified)s)) as adjusted,
        sum(p.total_cents) filter (where p.kind = 'CREDIT' and p.status = any(%(verified)s))
            as credits,
        jsonb_agg(jsonb_build_array(p.total_cents, p.purpose, p.tray_instant) order by p.id)
            filter (where p.kind = 'FILL' and p.status = any(%(verified)s)
                      and p.tray_instant is not null) as fills
    from slip p
    where p.casino_id = s.casino_id and p.session_id = s.id
) moved on true
order by asked.nth, s.ordinal
