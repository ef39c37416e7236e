-- The numbers on some gaming days that were used and then voided, and the cancelled requests: why, when,
-- and who signed it. A form of a voided session is void with it (SESS-7).
with day_session as (
    select id, phase, void_reason from table_session
    where casino_id = %(casino_id)s and gaming_day between %(first_day)s and %(last_day)s
),
ended as (
    select case slip.status when 'VOIDED' then slip.number else slip.request_number end as number,
           slip.status as how, coalesce(step.reason, slip.void_reason) as reason, step.occurred_at as at,
           step.id as signed, slip.session_id, slip.id as slip_id
    from day_session join slip
        on slip.casino_id = %(casino_id)s and slip.session_id = day_session.id
       and slip.status in ('VOIDED', 'CANCELLED')
    left join slip_step step
        on step.casino_id = %(casino_id)s and step.slip_id = slip.id and step.status = slip.status
    union all
    select kept.number, 'VOIDED', day_session.void_reason, null, day_session.id, day_session.id, null
    from day_session join tray_snapshot kept
        on kept.casino_id = %(casino_id)s and kept.session_id = day_session.id
    where day_session.phase = 'VOIDED'
)
select ended.number, ended.how, ended.reason, coalesce(ended.at, who.at) as at,
       coalesce(who.names, '{}') as by, ended.session_id, ended.slip_id
from ended cross join lateral (
    select array_agg(staff.badge || ' ' || staff.name order by signature.id) as names,
           max(signature.signed_at) as at
    from signature join staff on staff.casino_id = %(casino_id)s and staff.id = signature.staff_id
    where signature.casino_id = %(casino_id)s and signature.subject_id = ended.signed
      and (ended.slip_id is not null or signature.step = 'void_session')) who
where ended.number is not null
order by ended.number
