-- The numbers of forms on some gaming days, series by series, and what is missing between and beside
-- them (SLIP-2, FIL-06).
--
-- The days' own numbers are found over table_session_by_day and the indexes by session. From the first
-- one down and from the last one up it is tried, number by number, whether it is on any record at all,
-- until one is or the series ends: each try is an equality on a unique index of numbers (slip_number_taken,
-- slip_request_number_taken, tray_snapshot_number_taken), asked one by one so that it stays one. A day without a
-- number of a series starts at the last one that an earlier day has. So the cost grows with the days
-- asked for and with what is missing, not with history.
with recursive
day_session as (
    select id, phase from table_session
    where casino_id = %(casino_id)s and gaming_day between %(first_day)s and %(last_day)s
),
used(number, is_superseded) as (
    select slip.number, false from day_session join slip
        on slip.casino_id = %(casino_id)s and slip.session_id = day_session.id
    where slip.number is not null
    union all
    select slip.request_number, false from day_session join slip
        on slip.casino_id = %(casino_id)s and slip.session_id = day_session.id
    where slip.request_number is not null
    union all
    select kept.number, exists (
        select 1 from tray_snapshot later
        where later.casino_id = %(casino_id)s and later.supersedes = kept.id)
    from day_session join tray_snapshot kept
        on kept.casino_id = %(casino_id)s and kept.session_id = day_session.id
    where kept.number is not null
),
parted as (
    select number, is_superseded, split_part(number, '-', 1) as form,
           split_part(number, '-', 2)::int as year, split_part(number, '-', 3)::bigint as place
    from used
),
own as (
    select form, year, min(place) as first, max(place) as last,
           count(distinct place) as issued, count(*) filter (where is_superseded) as superseded
    from parted group by form, year
),
series as (
    select form, year, own.first, own.last, coalesce(own.issued, 0) as issued,
           coalesce(own.superseded, 0) as superseded,
           greatest(coalesce(taken.last, 0), coalesce(own.last, 0)) as taken
    from own full join (
        select form, year, last from number_series where casino_id = %(casino_id)s) taken
        using (form, year)
    where own.first is not null or year = any(%(years)s)
),
stretch as (
    select series.*, coalesce(series.first, earlier.place + 1) as low,
           coalesce(series.last, earlier.place) as high
    from series cross join lateral (
        select coalesce(max(place), 0) as place from (
            (select split_part(slip.number, '-', 3)::bigint as place
             from table_session before join slip
               on slip.casino_id = %(casino_id)s and slip.session_id = before.id
             where series.first is null and series.form in ('F', 'C', 'PF', 'PC')
               and before.casino_id = %(casino_id)s and before.gaming_day < %(first_day)s
               and slip.number like series.form || '-' || series.year || '-%%'
             order by before.gaming_day desc, 1 desc limit 1)
            union all
            (select split_part(slip.request_number, '-', 3)::bigint
             from table_session before join slip
               on slip.casino_id = %(casino_id)s and slip.session_id = before.id
             where series.first is null and series.form in ('R', 'PR')
               and before.casino_id = %(casino_id)s and before.gaming_day < %(first_day)s
               and slip.request_number like series.form || '-' || series.year || '-%%'
             order by before.gaming_day desc, 1 desc limit 1)
            union all
            (select split_part(kept.number, '-', 3)::bigint
             from table_session before join tray_snapshot kept
               on kept.casino_id = %(casino_id)s and kept.session_id = before.id
             where series.first is null and series.form in ('O', 'K', 'PO', 'PK')
               and before.casino_id = %(casino_id)s and before.gaming_day < %(first_day)s
               and kept.number like series.form || '-' || series.year || '-%%'
             order by before.gaming_day desc, 1 desc limit 1)) found) earlier
),
tried(form, year, step, place, taken) as (
    select form, year, beside.step,
           case beside.step when 1 then high + 1 else low - 1 end, taken
    from stretch cross join (values (-1), (1)) beside(step)
    union all
    select form, year, step, place + step, taken
    from tried cross join lateral (
        select form || '-' || year || '-'
               || lpad(place::text, greatest(6, length(place::text)), '0') as number) named
    where place between 1 and taken
      and (select 1 from slip
           where casino_id = %(casino_id)s and slip.number = named.number limit 1) is null
      and (select 1 from slip
           where casino_id = %(casino_id)s and slip.request_number = named.number limit 1) is null
      and (select 1 from tray_snapshot kept
           where casino_id = %(casino_id)s and kept.number = named.number limit 1) is null
),
neighbour as (
    select form, year, min(place) as before, max(place) as after from tried group by form, year
),
not_own as (
    select form, year, place from stretch cross join lateral generate_series(first, last) place
    except
    select form, year, place from parted
),
inside as (
    select not_own.*,
           coalesce(
               (select 1 from slip
                where casino_id = %(casino_id)s and slip.number = named.number limit 1),
               (select 1 from slip
                where casino_id = %(casino_id)s and slip.request_number = named.number limit 1),
               (select 1 from tray_snapshot kept
                where casino_id = %(casino_id)s and kept.number = named.number limit 1)
           ) is not null as is_there
    from not_own cross join lateral (
        select form || '-' || year || '-'
               || lpad(place::text, greatest(6, length(place::text)), '0') as number) named
),
missing(form, year, place) as (
    select form, year, place from inside where not is_there
    union
    select form, year, place from tried join neighbour using (form, year)
    where (step = -1 and place > before) or (step = 1 and place < after)
),
twice as (
    select distinct form, year, place from parted
    where 1 < (select count(*) from slip
               where casino_id = %(casino_id)s and slip.number = parted.number)
            + (select count(*) from slip
               where casino_id = %(casino_id)s and slip.request_number = parted.number)
            + (select count(*) from tray_snapshot
               where casino_id = %(casino_id)s and tray_snapshot.number = parted.number)
)
select form, year, first, last, issued, superseded,
       (select count(*) from inside
        where (inside.form, inside.year) = (stretch.form, stretch.year) and is_there) as elsewhere,
       array(select place from missing
             where (missing.form, missing.year) = (stretch.form, stretch.year) order by place) as missing,
       array(select place from twice
             where (twice.form, twice.year) = (stretch.form, stretch.year) order by place) as duplicates,
       nullif(neighbour.before, 0) as before,
       case when neighbour.after <= taken then neighbour.after end as after
from stretch join neighbour using (form, year)
order by array_position(array['F', 'C', 'R', 'O', 'K', 'PF', 'PC', 'PR', 'PO', 'PK'], form), year
