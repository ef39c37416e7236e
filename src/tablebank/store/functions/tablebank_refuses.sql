-- What is written down stays as it was written: for the application, for the owner, for anybody
-- who has not first taken this trigger away (JRN-2).
create or replace function tablebank_refuses() returns trigger
language plpgsql as $$
begin
    raise exception '% is never changed: % refused', tg_table_name, lower(tg_op)
        using errcode = 'restrict_violation', table = tg_table_name;
end
$$;
