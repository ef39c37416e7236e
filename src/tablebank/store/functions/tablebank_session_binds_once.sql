-- Opening binds a session once and for good; only an UNKNOWN bank mode may still be bound, once
-- (SESS-3, CLOSE-3, PAR-9).
create or replace function tablebank_session_binds_once() returns trigger
language plpgsql as $$
begin
    if old.ordinal is null then
        return new;
    end if;
    if (old.ordinal, old.sequence, old.need_total_cents, old.par_policy_id, old.previous_session_id,
        old.table_code, old.pit, old.game_type, old.limits)
       is distinct from
       (new.ordinal, new.sequence, new.need_total_cents, new.par_policy_id, new.previous_session_id,
        new.table_code, new.pit, new.game_type, new.limits)
    then
        raise exception 'what opening bound to a session does not change'
            using errcode = 'restrict_violation', table = tg_table_name;
    end if;
    if old.table_bank_mode is distinct from new.table_bank_mode
       and old.table_bank_mode is distinct from 'UNKNOWN'
    then
        raise exception 'the bank mode of a session is bound'
            using errcode = 'restrict_violation', table = tg_table_name, column = 'table_bank_mode';
    end if;
    return new;
end
$$;
