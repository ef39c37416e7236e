-- What slips brought into each tray and took out between two instants (BASE-4, SLIP-12).
--
-- A slip enters at its tray instant, ties as recorded. A credit voided after it was picked up came
-- back when it was voided. `spans` are table, first instant with its recording (null: none), last;
-- what comes out names the span by its place among them.
with span as (
    select * from unnest(%(tables)s::uuid[], %(firsts)s::timestamptz[], %(first_recorded)s::timestamptz[],
                         %(lasts)s::timestamptz[], %(last_recorded)s::timestamptz[]) with ordinality
        as span(table_id, first_at, first_recorded, last_at, last_recorded, place)
),
touched as (
    select span.place, slip.kind, slip.status, slip.total_cents as cents
    from span join slip
      on slip.casino_id = %(casino_id)s and slip.table_id = span.table_id
     and slip.tray_instant between span.first_at and span.last_at
     and slip.status <> 'CANCELLED'
    cross join lateral (
        select case when slip.tray_instant in (span.first_at, span.last_at) then (
            select step.recorded_at from slip_step step
            where step.casino_id = %(casino_id)s and step.slip_id = slip.id
              and step.status in ('VERIFIED_AT_TABLE', 'PICKED_UP')
            order by step.id limit 1) end as at) recorded
    where (slip.tray_instant > span.first_at
           or (span.first_recorded is not null and recorded.at > span.first_recorded))
      and (slip.tray_instant < span.last_at
           or span.last_recorded is null or recorded.at <= span.last_recorded)
      and (slip.kind = 'CREDIT'
           or slip.status in ('VERIFIED_AT_TABLE', 'DEPOSITED_IN_DROPBOX'))
),
returned as (
    select span.place, slip.kind, slip.status, -slip.total_cents as cents
    from span cross join lateral (
        select * from slip one
        where one.casino_id = %(casino_id)s and one.table_id = span.table_id
          and one.status = 'VOIDED' and one.kind = 'CREDIT' and one.tray_instant <= span.last_at
        offset 0) slip
    join slip_step step
      on step.casino_id = %(casino_id)s and step.slip_id = slip.id and step.status = 'VOIDED'
    where (step.occurred_at > span.first_at
           or (step.occurred_at = span.first_at and step.recorded_at > span.first_recorded))
      and (step.occurred_at < span.last_at
           or (step.occurred_at = span.last_at
               and (span.last_recorded is null or step.recorded_at <= span.last_recorded)))
)
select span.place,
       coalesce(sum(cents) filter (where kind = 'FILL'), 0)::bigint as fills_cents,
       coalesce(sum(cents) filter (where kind = 'CREDIT'), 0)::bigint as credits_cents,
       coalesce(sum(cents) filter (where status = 'PICKED_UP'), 0)::bigint as in_transit_cents
from span left join (select * from touched union all select * from returned) moved using (place)
group by span.place
