-- The sessions a window can rest on, whatever was known when: by id, for each table (RUN-9).
--
-- From the session of one of the last counts before the start that had been recorded by then and can
-- begin the window (a few back: the last may have been superseded; whatever was voided since came
-- after it) to that of the last count up to the end; and those of the shift, where it is one. Found
-- by index: a window of the past costs what one of today does.
with span as (
    select asked.table_id, coalesce(before.ordinal, 1) as low, after.ordinal as high
    from unnest(%(tables)s::uuid[]) as asked(table_id)
    left join lateral (
        select min(ordinal) as ordinal from (
            select played.ordinal from tray_snapshot shot join table_session played
              on played.casino_id = %(casino_id)s and played.id = shot.session_id
            where shot.casino_id = %(casino_id)s and shot.table_id = asked.table_id
              and shot.occurred_at <= %(start)s and shot.recorded_at <= %(instant)s
              and played.phase <> 'VOIDED'
              and (%(attested)s or shot.basis <> 'PAR_ATTESTED')
            order by shot.occurred_at desc limit 8) last_ones) before on true
    join lateral (
        select max(ordinal) as ordinal from (
            select played.ordinal from tray_snapshot shot join table_session played
              on played.casino_id = %(casino_id)s and played.id = shot.session_id
            where shot.casino_id = %(casino_id)s and shot.table_id = asked.table_id
              and shot.occurred_at <= %(end)s
            order by shot.occurred_at desc limit 8) last_ones) after on true
)
select session.id from span join table_session session
  on session.casino_id = %(casino_id)s and session.table_id = span.table_id
 and session.ordinal between span.low and span.high
union
select id from table_session
where casino_id = %(casino_id)s and shift_id = %(shift_id)s and table_id = any(%(tables)s)
  and ordinal is not null
