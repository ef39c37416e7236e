-- The numbers named as arguments never fall: what was given out once is not given out again.
create or replace function tablebank_only_rises() returns trigger
language plpgsql as $$
declare
    was jsonb := to_jsonb(old);
    becomes jsonb := to_jsonb(new);
    name text;
begin
    foreach name in array tg_argv loop
        if (becomes ->> name)::bigint < (was ->> name)::bigint then
            raise exception '% counts upwards: % may not fall', tg_table_name, name
                using errcode = 'restrict_violation', table = tg_table_name, column = name;
        end if;
    end loop;
    return new;
end
$$;
