-- The casino with all that is dated in it, in one round trip.
select
    to_jsonb(casino),
    (select jsonb_agg(jsonb_build_array(s.recorded_at, s.settings) order by s.recorded_at, s.id)
       from casino_settings s where s.casino_id = casino.id),
    (select jsonb_agg(to_jsonb(m)) from bank_mode m where m.casino_id = casino.id),
    (select jsonb_agg(to_jsonb(t)) from chip_type t where t.casino_id = casino.id),
    (select jsonb_agg(to_jsonb(s)) from shift_schedule s where s.casino_id = casino.id),
    journal_head.clock_at,
    journal_head.number,
    exists (select 1 from gaming_table t where t.casino_id = casino.id and t.last_ordinal > 0)
from casino
join journal_head on journal_head.casino_id = casino.id
where casino.id = %(casino_id)s
