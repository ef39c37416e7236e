-- What the final results of each table, pit and game come to over some gaming days: how many there
-- are, how many of them are known, and the sums of those. A report counts once for all its members;
-- one that was replaced counts no more (RUN-6). One whose group reaches outside the days, or to
-- another pit or game, is not known here: each member of it that is here is then a result that is
-- not known. Where only counts are let in, neither is one that rests on a tray attested to be at
-- par (BASE-8). What was made final before its count, and not amended since, is a result that is
-- not known, or left out for who works it out (0032).
with mine as materialized (
    select id, table_id, coalesce(pit, '') as pit, coalesce(game_type, '') as game_type
      from table_session
     where casino_id = %(casino_id)s
       and gaming_day between %(first_day)s and %(last_day)s
       and (%(pit)s::text is null or pit = %(pit)s)
       and phase = 'FINALIZED'
       and (%(pending)s or reconciled_at is not null)
),
replaced as materialized (
    select (earlier ->> 'id')::uuid as id
      from rundown_report amending,
           jsonb_array_elements(amending.content -> 'amends' -> 'replaces') earlier
     where amending.casino_id = %(casino_id)s and amending.revision > 1
),
whole as (
    select mine.table_id, mine.pit, mine.game_type,
           jsonb_array_length(report.member_ids) as members,
           case when not (%(counted)s and report.content -> 'rundown'
                          @? '$.**.opening_source ? (@ == "PAR_ATTESTED")')
                then (report.content -> 'rundown' ->> 'table_win_cents')::bigint end as win,
           (report.content -> 'rundown' ->> 'drop_total_cents')::bigint as drop
      from rundown_report report
      join mine on mine.id = report.session_id
     where report.casino_id = %(casino_id)s
       and report.id not in (select id from replaced)
       and not exists (
           select from jsonb_array_elements_text(report.member_ids) member
            where (member::uuid, mine.pit, mine.game_type)
                  not in (select id, pit, game_type from mine))
)
select each.table_id, each.pit, each.game_type,
       (each.sessions - coalesce(sum(whole.members - 1), 0))::int,
       count(whole.win)::int,
       coalesce(sum(whole.win), 0)::bigint,
       coalesce(sum(whole.drop) filter (where whole.win is not null), 0)::bigint
  from (select table_id, pit, game_type, count(*) as sessions
          from mine group by table_id, pit, game_type) each
  left join whole on whole.table_id = each.table_id
        and whole.pit = each.pit
        and whole.game_type = each.game_type
 group by each.table_id, each.pit, each.game_type, each.sessions
