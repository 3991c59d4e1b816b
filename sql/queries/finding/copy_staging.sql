-- Takes what a run makes of findings.
COPY staging_finding (
    fingerprint, target_state, is_known, is_found, kind, severity, side, field, left_ids, right_ids, reason, evidence,
    personal_title, personal_left_value, personal_right_value, at_stake_minor, at_stake_currency
) FROM STDIN (FORMAT binary)
