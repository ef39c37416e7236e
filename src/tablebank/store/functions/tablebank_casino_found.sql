-- A casino that is created becomes findable by its slug. The application may neither read nor
-- write the list of addresses; this is done with the owner's rights.
create or replace function tablebank_casino_found() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into public.casino_address (slug, casino_id) values (new.slug, new.id);
    return new;
end
$$;
revoke all on function tablebank_casino_found() from public;
