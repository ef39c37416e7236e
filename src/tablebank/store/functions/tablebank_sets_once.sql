-- The columns named as arguments are unknown, then known, and then fixed.
create or replace function tablebank_sets_once() returns trigger
language plpgsql as $$
declare
    was jsonb := to_jsonb(old);
    becomes jsonb := to_jsonb(new);
    name text;
begin
    foreach name in array tg_argv loop
        if was ->> name is not null and was -> name is distinct from becomes -> name then
            raise exception '% is set once: % is fixed', tg_table_name, name
                using errcode = 'restrict_violation', table = tg_table_name, column = name;
        end if;
    end loop;
    return new;
end
$$;
