-- Every casino of this installation, for sweeps, checks and the journal's verification.
create or replace function casino_ids() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select a.casino_id from public.casino_address a order by a.casino_id
$$;
