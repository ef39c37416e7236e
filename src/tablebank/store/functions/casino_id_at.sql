-- Whose address this is: asked at sign-in, before there is a casino to be in. Answers one exact
-- slug and nothing else (TEN-1).
create or replace function casino_id_at(slug text) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select a.casino_id from public.casino_address a where a.slug = casino_id_at.slug
$$;
