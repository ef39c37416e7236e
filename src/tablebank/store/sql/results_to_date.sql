-- What the final results of each table, pit and game come to over some gaming days: how many there are, how many
-- of them are known, and the sums of those. A report counts for all its members; one that was
-- replaced counts no more (RUN-6); one whose group reaches outside the days is not known here, and a
-- member whose group began before them counts as a result that is not known. Where only counts are
-- let in, neither is one that rests on a tray attested to be at par (BASE-8).
with mine as materialized (
    select id, table_id, pit, game_type
      from table_session
     where casino_id = %(casino_id)s
       and gaming_day between %(first_day)s and %(last_day)s
       and (%(pit)s::text is null or pit = %(pit)s)
       and phase = 'FINALIZED'
),
replaced as materialized (
    select (earlier ->> 'id')::uuid as id
      from rundown_report amending,
           jsonb_array_elements(amending.content -> 'amends' -> 'replaces') earlier
     where amending.casino_id = %(casino_id)s and amending.revision > 1
),
standing as (
    select mine.table_id, mine.pit, mine.game_type,
           inside.members,
           case when inside.members = jsonb_array_length(report.member_ids)
                 and not (%(counted)s and report.content -> 'rundown'
                          @? '$.**.opening_source ? (@ == "PAR_ATTESTED")')
                then (report.content -> 'rundown' ->> 'table_win_cents')::bigint end as win,
           (report.content -> 'rundown' ->> 'drop_total_cents')::bigint as drop
      from rundown_report report
      join mine on mine.id = report.session_id
     cross join lateral (
           select count(*) as members
             from jsonb_array_elements_text(report.member_ids) member
            where member::uuid in (select id from mine)) inside
     where report.casino_id = %(casino_id)s
       and report.id not in (select id from replaced)
)
select each.table_id, each.pit, each.game_type,
       (count(standing.members) + each.sessions - coalesce(sum(standing.members), 0))::int,
       count(standing.win)::int,
       coalesce(sum(standing.win), 0)::bigint,
       coalesce(sum(standing.drop) filter (where standing.win is not null), 0)::bigint
  from (select table_id, pit, game_type, count(*) as sessions
          from mine group by table_id, pit, game_type) each
  left join standing on standing.table_id = each.table_id
        and standing.pit is not distinct from each.pit
        and standing.game_type is not distinct from each.game_type
 group by each.table_id, each.pit, each.game_type, each.sessions
