-- All that is on record about some sessions of one table, in one round trip: what each command needs
-- under the table's lock. `load_tables.sql` is the same for many tables; for one it takes four times as
-- long, so both are kept, and a test holds them against each other.
--
-- Seeds are the sessions in question, their predecessors, the table's last sessions and the one its
-- last box was taken off on. From each seed the span of ordinals grows while a box reaches beyond it,
-- so every session that comes back comes with all its boxes and its whole drop group (BOX-5, BOX-6).
with recursive
mine as not materialized (
    select * from table_session
    where casino_id = %(casino_id)s and table_id = %(table_id)s
),
seed(ordinal) as (
    select ordinal from mine where id = any(%(focus)s) and ordinal is not null
    union
    select before.ordinal from mine
    join mine before on before.id = mine.previous_session_id
    where mine.id = any(%(focus)s) and before.ordinal is not null
    union
    select %(last)s::int where %(last)s::int > 0
    union
    (select ordinal from mine
      where ordinal is not null and phase <> 'VOIDED' order by ordinal desc limit 1)
    union
    (select served_to from box_mount
      where casino_id = %(casino_id)s and table_id = %(table_id)s and served_to > 0
      order by taken_off_at desc limit 1)
),
span(low, high) as (
    select ordinal, ordinal from seed
    union
    select least(span.low, mount.serves_from), greatest(span.high, coalesce(mount.served_to, %(last)s))
    from span
    join box_mount mount
      on mount.casino_id = %(casino_id)s and mount.table_id = %(table_id)s
     and mount.serves_from <= span.high
     and (mount.served_to is null or mount.served_to >= span.low)
),
session as (
    select mine.* from mine
    where mine.phase = 'READY_TO_OPEN'
       or mine.id = any(%(focus)s)
       or exists (select 1 from span where mine.ordinal between span.low and span.high)
),
mount as (
    select kept.* from box_mount kept
    where kept.casino_id = %(casino_id)s and kept.table_id = %(table_id)s
      and (kept.taken_off_at is null or exists (
          select 1 from span
          where kept.serves_from <= span.high and kept.served_to >= span.low))
),
removal as (
    select kept.* from box_removal kept join mount
      on mount.casino_id = kept.casino_id and mount.id = kept.mount_id
),
slips as (
    select kept.* from slip kept join session
      on session.casino_id = kept.casino_id and session.id = kept.session_id
),
form(number) as (
    select number from slips where number is not null
    union
    select line->>'number' from slips cross join lateral jsonb_array_elements(slips.lines) line
    where line->>'number' is not null
    union
    select entry.form_number from slips
      join slip_step step on step.casino_id = slips.casino_id and step.slip_id = slips.id
      join paper_entry entry on entry.casino_id = step.casino_id and entry.subject_id = step.id
)
select 'table_session', to_jsonb(session) from session
union all
select 'box_mount', to_jsonb(mount) from mount
union all
select 'box_removal', to_jsonb(removal) from removal
union all
select 'drop_box', to_jsonb(kept) from drop_box kept
  where kept.casino_id = %(casino_id)s and kept.id in (
      select box_id from mount union select box_id from removal
      union select replacement_box_id from removal)
union all
select 'custody_step', to_jsonb(kept) from custody_step kept join removal
    on removal.casino_id = kept.casino_id and removal.id = kept.removal_id
union all
select 'box_left_out', to_jsonb(kept) from box_left_out kept join mount
    on mount.casino_id = kept.casino_id and mount.id = kept.mount_id
union all
select 'soft_count', to_jsonb(kept) from soft_count kept join removal
    on removal.casino_id = kept.casino_id and removal.id = kept.removal_id
union all
select 'tray_snapshot', to_jsonb(kept) from tray_snapshot kept join session
    on session.casino_id = kept.casino_id and session.id = kept.session_id
union all
select 'tray_snapshot', to_jsonb(kept) from tray_snapshot kept
  where kept.casino_id = %(casino_id)s and kept.table_id = %(table_id)s and kept.session_id is null
    and kept.occurred_at >= (select min(closed_at) from session)
union all
select 'count_trial', to_jsonb(kept) from count_trial kept join session
    on session.casino_id = kept.casino_id and session.id = kept.session_id
union all
select 'count_start', to_jsonb(kept) from count_start kept join session
    on session.casino_id = kept.casino_id and session.id = kept.session_id
union all
select 'slip', to_jsonb(slips) from slips
union all
select 'slip_step', to_jsonb(kept) from slip_step kept join slips
    on slips.casino_id = kept.casino_id and slips.id = kept.slip_id
union all
select 'slip_hand', to_jsonb(kept) from slip_hand kept join slips
    on slips.casino_id = kept.casino_id and slips.id = kept.slip_id
union all
select 'finding', to_jsonb(kept) from finding kept join session
    on session.casino_id = kept.casino_id and session.id = kept.session_id
union all
select 'finding', to_jsonb(kept) from finding kept
  where kept.casino_id = %(casino_id)s and kept.subject_type = 'count_session'
    and kept.kind = 'TRANSFER_VARIANCE' and kept.subject_id in (
        select counted.count_session_id::text from soft_count counted join removal
            on removal.casino_id = counted.casino_id and removal.id = counted.removal_id
        where counted.count_session_id is not null)
union all
select 'rundown_report', to_jsonb(kept) from rundown_report kept join session
    on session.casino_id = kept.casino_id and session.id = kept.session_id
union all
select 'remark', to_jsonb(kept) from remark kept join session
    on session.casino_id = kept.casino_id and session.id = kept.session_id
union all
select 'paper_entry', to_jsonb(kept) from paper_entry kept join session
    on session.casino_id = kept.casino_id and session.id = kept.session_id
union all
select 'found_form', jsonb_build_object(
         'form', line.form, 'number', line.number, 'amount_cents', line.amount_cents,
         'table', line.table_named, 'removal_id', gone.id, 'box', kept.code,
         'table_code', stood.code)
  from form join manifest_line line
    on line.casino_id = %(casino_id)s and line.number = form.number
  join box_removal gone on gone.casino_id = %(casino_id)s and gone.id = line.removal_id
  join drop_box kept on kept.casino_id = %(casino_id)s and kept.id = gone.box_id
  join gaming_table stood on stood.casino_id = %(casino_id)s and stood.id = gone.table_id
  where not exists (select 1 from removal where removal.id = line.removal_id)
    and not exists (select 1 from soft_count later
        where later.casino_id = %(casino_id)s and later.supersedes = line.count_id)
union all
select 'known_number', to_jsonb(other.number)
  from removal join soft_count kept
    on kept.casino_id = %(casino_id)s and kept.removal_id = removal.id
  cross join lateral jsonb_array_elements(kept.evidence) line
  join slip other on other.casino_id = %(casino_id)s and other.number = line->>'number'
  where not exists (select 1 from slips where slips.id = other.id)
union all
-- Of a slip that went along with a roll-over the papers of its earlier steps are of a session before.
select 'paper_entry', to_jsonb(kept) from slips
  join slip_step step on step.casino_id = slips.casino_id and step.slip_id = slips.id
  join paper_entry kept on kept.casino_id = step.casino_id and kept.subject_id = step.id
  where slips.requested_session_id <> slips.session_id
    and kept.session_id not in (select id from session)
