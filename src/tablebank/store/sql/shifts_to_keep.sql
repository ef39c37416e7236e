-- Shifts whose rundown may have to be kept: all of their sessions final and none kept yet, or a final
-- report since `since` that no kept revision was made from (RUN-6).
--
-- The shifts there are come one by one from the index over sessions, a step for each shift and not for
-- each session; two more steps tell whether anything of it is still not final.
with recursive shifts (shift_id) as (
    (select shift_id from table_session where casino_id = %(casino_id)s order by shift_id limit 1)
    union all
    select (select s.shift_id from table_session s
             where s.casino_id = %(casino_id)s and s.shift_id > shifts.shift_id
             order by s.shift_id limit 1)
      from shifts where shifts.shift_id is not null
),
candidate (shift_id) as (
    select shift_id from shifts
     where shift_id is not null
       and not exists (select from shift_rundown k
                        where k.casino_id = %(casino_id)s and k.shift_id = shifts.shift_id)
    union
    select s.shift_id from rundown_report r
     cross join lateral jsonb_array_elements_text(r.member_ids) member (id)
      join table_session s on s.casino_id = r.casino_id and s.id = member.id::uuid
     where r.casino_id = %(casino_id)s and r.id > %(since)s
       and exists (select from shift_rundown k
                    where k.casino_id = r.casino_id and k.shift_id = s.shift_id)
       and not exists (select from shift_rundown k
                        where k.casino_id = r.casino_id and k.shift_id = s.shift_id
                          and k.report_ids @> to_jsonb(r.id::text))
)
select shift_id from candidate
 where exists (select from table_session s
                where s.casino_id = %(casino_id)s and s.shift_id = candidate.shift_id
                  and s.phase = 'FINALIZED')
   and not exists (select from table_session s
                    where s.casino_id = %(casino_id)s and s.shift_id = candidate.shift_id
                      and s.phase not in ('READY_TO_OPEN', 'VOIDED', 'FINALIZED'))
