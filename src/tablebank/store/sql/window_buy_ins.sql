-- What buy-ins noted at each table come to between a window's two ends, session by session (BASE-5).
--
-- Only those that stand. After the first instant and up to the last; at the very first instant where
-- the session began with it. `spans` are table, first and last instant; what comes out names the span
-- by its place among them.
with span as (
    select * from unnest(%(tables)s::uuid[], %(firsts)s::timestamptz[], %(lasts)s::timestamptz[])
        with ordinality as span(table_id, first_at, last_at, place)
)
select span.place, session.ordinal, sum(noted.amount_cents)::bigint as cents
from span cross join lateral (
    select * from buy_in one
    where one.casino_id = %(casino_id)s and one.table_id = span.table_id
      and one.occurred_at between span.first_at and span.last_at and one.amount_cents > 0
    offset 0) noted
join table_session session
  on session.casino_id = %(casino_id)s and session.id = noted.session_id
 and session.phase <> 'VOIDED'
where not exists (select from buy_in later
                  where later.casino_id = %(casino_id)s and later.supersedes = noted.id)
  and (noted.occurred_at > span.first_at
       or exists (select from tray_snapshot opener
                  where opener.casino_id = %(casino_id)s and opener.session_id = session.id
                    and opener.kind = 'OPENING' and opener.occurred_at >= span.first_at
                    and not exists (select from tray_snapshot later
                                    where later.casino_id = %(casino_id)s
                                      and later.supersedes = opener.id)))
group by span.place, session.ordinal
