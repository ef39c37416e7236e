-- A mounted box may turn out to serve the session before it too, never to have served fewer
-- (BOX-5).
create or replace function tablebank_mount_reaches_back() returns trigger
language plpgsql as $$
begin
    if new.serves_from > old.serves_from then
        raise exception 'a box serves from an earlier session on, never from a later one'
            using errcode = 'restrict_violation', table = tg_table_name, column = 'serves_from';
    end if;
    return new;
end
$$;
