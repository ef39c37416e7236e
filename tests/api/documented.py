"""The contract's field names, thing by thing (02: what each answer holds), and what we added.

`ADDED` is ours: an addition is allowed, but never by accident.
"""

from collections.abc import Mapping

DOCUMENTED: Mapping[str, str] = {
    "casino": "id slug name timezone currency gaming_day_start table_bank_mode simulated profile"
    " denominations settings",
    "settings": "par_tolerance_cents opening_tolerance_cents count_tolerance_cents"
    " transit_limit_minutes blind_counts drop_box_required restore_point custody_steps"
    " session_left_open_minutes credit_flow evidence finalize_pending_count telemetry stack_size"
    " advice",
    "advice": "lookback_days min_sessions target safety_factor increment_cents",
    "chip": "code cents colour set in_bank",
    "table": "id code name pit game_type limits status mounted_box par_total_cents par_set_at"
    " par_set_by table_bank_mode live_session_id need_now_cents in_transit_cents",
    "staff": "id badge name licence department roles active",
    "session": "id table_id table_code pit game_type shift_id gaming_day sequence status phase"
    " drop_state table_bank_mode need_total_cents par_policy_id previous_session_id group_id boxes"
    " opened_at opened_by closed_at closed_by drop_posted_at opening closing fills_total_cents"
    " credits_total_cents expected_tray_cents need_now_cents open_exceptions",
    "session_box": "box mounted_at drop_id counted",
    "limits": "min_cents max_cents",
    "snapshot": "id session_id kind basis number chipset total_cents occurred_at recorded_at"
    " signatures is_synthetic synthetic_reason supersedes superseded_by reason",
    "rundown": "session_id group_id state reasons opening_total_cents opening_source"
    " closing_total_cents fills_total_cents credits_total_cents drop_total_cents table_win_cents"
    " before_drop_cents need_total_cents variance_from_par_cents hold_pct inputs members revision"
    " finalized_at finalized_by content_sha256",
    "member": "session_id group_id state reasons opening_total_cents opening_source"
    " closing_total_cents fills_total_cents credits_total_cents drop_total_cents table_win_cents"
    " before_drop_cents need_total_cents variance_from_par_cents hold_pct inputs members",
    "inputs": "snapshots slips counts",
    "slip": "id session_id table_id shift_id gaming_day kind purpose number request_number status"
    " disputed chipset lines total_cents tray_instant runner_id box back_entry history",
    "slip_step": "status occurred_at recorded_at signatures reason",
    "drop": "id session_id serves table_id box type state removed_at seal trip_id replacement_box"
    " surveillance custody count",
    "count": "id drop_id batch_id revision contents total_cents drop_effect_cents"
    " first_count_cents second_count_cents team evidence counted_at",
    "par_in_force": "policy_id level par_total_cents table_bank_mode effective_from_gaming_day"
    " source approved_by approved_at",
    "par_policy": "id table_id game_type table_bank_mode par_total_cents target_chipset"
    " effective_from_gaming_day source recorded_by recorded_at approved_by approved_at notes"
    " stability pain_points replaces",
    "exception": "id kind status stops session_id table_id shift_id subject variance_cents facts"
    " department due_at raised_at reason_code narrative resolved_by resolved_at journal_numbers",
    "win_loss": "table_id table_code pit win_loss_cents before_drop_cents fills_total_cents"
    " credits_total_cents credits_in_transit_cents drop_total_cents estimated"
    " opening_bankroll_cents opening_source opening_snapshot_id opening_at coverage_type"
    " closing_bankroll_cents closing_source closing_snapshot_id closing_at drop_source"
    " measured_from measured_to reasons",
    "shift_summary": "items groups totals content_sha256",
    "shift_totals": "known_cents win_cents complete pending shared unknown",
    "list": "items next_cursor",
    "count_start": "count_id",
    "observation": "id session_id total_cents chipset estimated_drop_cents",
    "roll_over": "closed opened carried",
    "prepared": "items refused",
}

ADDED: Mapping[str, str] = {
    "setup": "next_step can_open has_begun tables tables_ready items",
    "setup_item": "item stops is_met have wanted about",
    "settings": "locale paper hold_limit_points idle_recount_days duty_pairs box_forms"
    " count_verifier",
    "chip": "id effective_from_gaming_day",
    "table": "counts_hidden",
    "session": "not_opened shift_code prepared_at close_forced close_reason void_reason"
    " in_transit_cents last_observation counts_hidden",
    "snapshot": "count_id counts_hidden paper",
    "paper": "form number signed_by reason recorded_at",
    "slip_step": "paper",
    "count_start": "id casino_id session_id table_id kind started_at recorded_at started_by"
    " base_snapshot_id renews expected_tray_cents counts_hidden moved session_status",
    "observation": "table_id occurred_at recorded_at observed_by by",
    "buy_in": "id session_id table_id kind amount_cents occurred_at recorded_at noted_by by"
    " supersedes superseded_by reason",
    "remark": "id subject_type subject_id session_id text reference occurred_at recorded_at"
    " signatures",
    "rundown": "status since_report",
    "slip": "moved_at deposited_at counted_back replaced_by replaces paper request_first",
    "drop": "reason notices out_of_schedule",
    "drop_trip": "id gaming_day state pits surveillance reason started_at ended_at crew due"
    " collected missing extra",
    "box_of_trip": "mount_id box table_id table_code pit session_id due_at drop_id left_out",
    "count": "tester reported_exceptions supersedes reason recorded_at",
    "count_session": "id gaming_day batch_id status team surveillance tester started_at posted_at"
    " verified_at verified_total_cents total_cents boxes due",
    "box_due": "drop_id box table_code pit gaming_day state",
    "box_entered": "drop_id box table_code revision contents total_cents first_count_cents"
    " second_count_cents evidence reported_exceptions file_id entered_at entered_by",
    "par_in_force": "target_chipset",
    "par_policy": "casino_id import_id",
    "par_proposal": "id casino_id table_id game_type table_bank_mode par_total_cents target_chipset"
    " effective_from_gaming_day source status recorded_by recorded_at notes stability pain_points"
    " kind evidence decided_by decided_at decided_because policy_id comments",
    "win_loss": "game_type since in_play par_total_cents par_set_by par_set_at table_bank_mode",
    "par_outcomes": "sources taken sum",
    "par_tally": "source proposed waiting waiting_since approved rejected superseded"
    " rejected_because",
    "par_taken": "proposal_id table_id table_code source standing effective_from_gaming_day"
    " from_cents to_cents capital_change_cents before after",
    "par_side": "shifts fills p90_fills average_fills",
    "par_sum": "taken judged on_target_before on_target_after average_fills_before"
    " average_fills_after capital_change_cents",
    "par_comment": "id casino_id proposal_id text occurred_at recorded_at recorded_by",
    "exception": "words table_code cleared_at assigned_to assigned_at seen_by seen_at cause_id",
    "gaming_day": "gaming_day ends_at is_over status may_close changed_since_close not_ready ready"
    " final live not_opened voided exceptions unexplained_numbers numbers chain close revisions",
    "gaming_day_unit": "table_id table_code pit sessions",
    "number_account": "form year first last issued elsewhere superseded voided missing duplicates"
    " before after void whole",
    "table_chain": "table_id table_code pit links left_with",
    "chain_link": "session_id shift_code sequence held opener closer difference_cents net_cents"
    " by_chip reasons exception_id exception_status",
    "shift_summary": "shift revision kept_at revisions",
    "slip_manifest": "shift items totals next_cursor",
    "stands_open": "shift journal_number since changes changes_cut in_transit"
    " fills_in_transit_cents credits_in_transit_cents not_issued exceptions exceptions_total"
    " baselines not_counted not_opened items next_cursor",
    "hand_over": "id shift_id shift_code gaming_day outgoing_id outgoing incoming_id incoming"
    " remark occurred_at recorded_at content content_sha256 signatures",
}


def names_of(thing: str) -> set[str]:
    """Every name the thing has on the wire."""
    return {*DOCUMENTED.get(thing, "").split(), *ADDED.get(thing, "").split()}
