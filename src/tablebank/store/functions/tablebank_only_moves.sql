-- Only the columns named as arguments may change; every other is as it was when the row was born.
create or replace function tablebank_only_moves() returns trigger
language plpgsql as $$
declare
    -- The arguments count from 0, which jsonb's minus does not mind.
    was jsonb := to_jsonb(old) - tg_argv;
    becomes jsonb := to_jsonb(new) - tg_argv;
    changed text;
begin
    if was is distinct from becomes then
        select string_agg(key, ', ' order by key) into changed
          from jsonb_each(was) where value is distinct from becomes -> key;
        raise exception '% never changes %', tg_table_name, changed
            using errcode = 'restrict_violation', table = tg_table_name;
    end if;
    return new;
end
$$;
