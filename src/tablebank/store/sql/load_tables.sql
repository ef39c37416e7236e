-- All that is on record about some sessions of some tables, in one round trip: source, table, row.
--
-- Seeds are, for each table, the sessions in question, their predecessors, the table's last session and
-- the one its last box was taken off on. From each seed the span of ordinals grows while a box reaches
-- beyond it, so every session that comes back comes with all its boxes and its whole drop group (BOX-5,
-- BOX-6). Only sources that were asked for are read beyond that. Everything is found by index: the cost
-- grows with the tables asked for, not with their history.
with recursive
asked as (
    select id as table_id, last_ordinal as last from gaming_table
    where casino_id = %(casino_id)s and id = any(%(tables)s)
),
focus as (
    select id, table_id, ordinal, previous_session_id from table_session
    where casino_id = %(casino_id)s and id = any(%(focus)s)
),
seed(table_id, ordinal) as (
    select table_id, ordinal from focus where ordinal is not null
    union
    select focus.table_id, before.ordinal from focus join table_session before
        on before.casino_id = %(casino_id)s and before.id = focus.previous_session_id
    where before.ordinal is not null
    union
    select table_id, last from asked where last > 0
    union
    select asked.table_id, standing.ordinal from asked cross join lateral (
        select ordinal from table_session
        where casino_id = %(casino_id)s and table_id = asked.table_id
          and ordinal is not null and phase <> 'VOIDED'
        order by ordinal desc limit 1) standing
    union
    select asked.table_id, taken_off.served_to from asked cross join lateral (
        select served_to from box_mount
        where casino_id = %(casino_id)s and table_id = asked.table_id and served_to > 0
        order by taken_off_at desc limit 1) taken_off
),
span(table_id, low, high) as (
    select table_id, ordinal, ordinal from seed
    union
    select span.table_id, least(span.low, mount.serves_from),
           greatest(span.high, coalesce(mount.served_to, asked.last))
    from span join asked using (table_id) join box_mount mount
      on mount.casino_id = %(casino_id)s and mount.table_id = span.table_id
     and mount.serves_from <= span.high
     and (mount.served_to is null or mount.served_to >= span.low)
),
session_id(id) as (
    select kept.id from span join table_session kept
      on kept.casino_id = %(casino_id)s and kept.table_id = span.table_id
     and kept.ordinal between span.low and span.high
    union
    select id from table_session
    where casino_id = %(casino_id)s and table_id = any(%(tables)s) and phase = 'READY_TO_OPEN'
    union
    select id from focus
),
session as (
    select kept.* from session_id join table_session kept
      on kept.casino_id = %(casino_id)s and kept.id = session_id.id
),
mount_id(id) as (
    select id from box_mount
    where casino_id = %(casino_id)s and table_id = any(%(tables)s) and taken_off_at is null
    union
    select kept.id from span join box_mount kept
      on kept.casino_id = %(casino_id)s and kept.table_id = span.table_id
     and kept.serves_from <= span.high and kept.served_to >= span.low
),
mount as (
    select kept.* from mount_id join box_mount kept
      on kept.casino_id = %(casino_id)s and kept.id = mount_id.id
),
removal as (
    select kept.*, mount.table_id as of_table from mount join box_removal kept
      on kept.casino_id = %(casino_id)s and kept.mount_id = mount.id
),
slips as (
    select kept.*, session.table_id as of_table from session join slip kept
      on kept.casino_id = %(casino_id)s and kept.session_id = session.id
),
form(of_table, number) as (
    select of_table, number from slips where number is not null
    union
    select of_table, line->>'number'
    from slips cross join lateral jsonb_array_elements(slips.lines) line
    where line->>'number' is not null
    union
    select of_table, entry.form_number from slips
      join slip_step step on step.casino_id = %(casino_id)s and step.slip_id = slips.id
      join paper_entry entry on entry.casino_id = %(casino_id)s and entry.subject_id = step.id
)
select 'table_session', table_id, to_jsonb(session) from session
union all
select 'box_mount', table_id, to_jsonb(mount) from mount
union all
select 'box_removal', of_table, to_jsonb(removal) from removal
union all
select 'drop_box', used.table_id, to_jsonb(kept)
  from (select table_id, box_id from mount union select of_table, box_id from removal
        union select of_table, replacement_box_id from removal) used join drop_box kept
    on kept.casino_id = %(casino_id)s and kept.id = used.box_id
  where 'drop_box' = any(%(wanted)s)
union all
select 'custody_step', of_table, to_jsonb(kept) from removal join custody_step kept
    on kept.casino_id = %(casino_id)s and kept.removal_id = removal.id
  where 'custody_step' = any(%(wanted)s)
union all
select 'box_left_out', mount.table_id, to_jsonb(kept) from mount join box_left_out kept
    on kept.casino_id = %(casino_id)s and kept.mount_id = mount.id
  where 'box_left_out' = any(%(wanted)s)
union all
select 'soft_count', of_table, to_jsonb(kept) from removal join soft_count kept
    on kept.casino_id = %(casino_id)s and kept.removal_id = removal.id
union all
select 'tray_snapshot', session.table_id, to_jsonb(kept) from session join tray_snapshot kept
    on kept.casino_id = %(casino_id)s and kept.session_id = session.id
union all
select 'tray_snapshot', kept.table_id, to_jsonb(kept)
  from (select table_id, min(closed_at) as since from session group by table_id) closed
  join tray_snapshot kept
    on kept.casino_id = %(casino_id)s and kept.table_id = closed.table_id
   and kept.session_id is null and kept.occurred_at >= closed.since
union all
select 'count_trial', session.table_id, to_jsonb(kept) from session join count_trial kept
    on kept.casino_id = %(casino_id)s and kept.session_id = session.id
  where 'count_trial' = any(%(wanted)s)
union all
select 'count_start', session.table_id, to_jsonb(kept) from session join count_start kept
    on kept.casino_id = %(casino_id)s and kept.session_id = session.id
  where 'count_start' = any(%(wanted)s)
union all
select 'slip', of_table, to_jsonb(slips) from slips
union all
select 'slip_step', of_table, to_jsonb(kept) from slips join slip_step kept
    on kept.casino_id = %(casino_id)s and kept.slip_id = slips.id
  where 'slip_step' = any(%(wanted)s)
union all
select 'slip_hand', of_table, to_jsonb(kept) from slips join slip_hand kept
    on kept.casino_id = %(casino_id)s and kept.slip_id = slips.id
  where 'slip_hand' = any(%(wanted)s)
union all
select 'finding', session.table_id, to_jsonb(kept) from session join finding kept
    on kept.casino_id = %(casino_id)s and kept.session_id = session.id
  where 'finding' = any(%(wanted)s)
union all
select 'finding', counted.of_table, to_jsonb(kept)
  from (select distinct removal.of_table, found.count_session_id::text as session_id
          from removal join soft_count found
            on found.casino_id = %(casino_id)s and found.removal_id = removal.id
         where found.count_session_id is not null) counted
  join finding kept on kept.casino_id = %(casino_id)s and kept.kind = 'TRANSFER_VARIANCE'
   and kept.subject_type = 'count_session' and kept.subject_id = counted.session_id
  where 'finding' = any(%(wanted)s)
union all
select 'rundown_report', session.table_id, to_jsonb(kept) from session join rundown_report kept
    on kept.casino_id = %(casino_id)s and kept.session_id = session.id
  where 'rundown_report' = any(%(wanted)s)
union all
select 'remark', session.table_id, to_jsonb(kept) from session join remark kept
    on kept.casino_id = %(casino_id)s and kept.session_id = session.id
  where 'remark' = any(%(wanted)s)
union all
select 'paper_entry', session.table_id, to_jsonb(kept) from session join paper_entry kept
    on kept.casino_id = %(casino_id)s and kept.session_id = session.id
  where 'paper_entry' = any(%(wanted)s)
union all
select 'found_form', form.of_table, jsonb_build_object(
         'form', line.form, 'number', line.number, 'amount_cents', line.amount_cents,
         'table', line.table_named, 'removal_id', gone.id, 'box', kept.code,
         'table_code', stood.code)
  from form join manifest_line line
    on line.casino_id = %(casino_id)s and line.number = form.number
  join box_removal gone on gone.casino_id = %(casino_id)s and gone.id = line.removal_id
  join drop_box kept on kept.casino_id = %(casino_id)s and kept.id = gone.box_id
  join gaming_table stood on stood.casino_id = %(casino_id)s and stood.id = gone.table_id
  where not exists (select 1 from removal where removal.id = line.removal_id
        and removal.of_table = form.of_table)
    and not exists (select 1 from soft_count later
        where later.casino_id = %(casino_id)s and later.supersedes = line.count_id)
    and 'finding' = any(%(wanted)s)
union all
select 'known_number', removal.of_table, to_jsonb(other.number)
  from removal join soft_count kept
    on kept.casino_id = %(casino_id)s and kept.removal_id = removal.id
  cross join lateral jsonb_array_elements(kept.evidence) line
  join slip other on other.casino_id = %(casino_id)s and other.number = line->>'number'
  where not exists (select 1 from slips where slips.id = other.id
        and slips.of_table = removal.of_table)
    and 'finding' = any(%(wanted)s)
union all
select 'paper_entry', of_table, to_jsonb(kept) from slips
  join slip_step step on step.casino_id = %(casino_id)s and step.slip_id = slips.id
  join paper_entry kept on kept.casino_id = %(casino_id)s and kept.subject_id = step.id
  where 'paper_entry' = any(%(wanted)s) and slips.requested_session_id <> slips.session_id
    and kept.session_id not in (select id from session)
