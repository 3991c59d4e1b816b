-- Adds the findings that were never found before.
-- Parameters: $1 entity, $2 run.
INSERT INTO finding (
    fingerprint, entity, kind, severity, side, field, left_ids, right_ids, reason, evidence,
    personal_title, personal_left_value, personal_right_value, at_stake_minor, at_stake_currency,
    state, first_run_id, opened_run_id)
SELECT fingerprint, $1::text, kind, severity, side, field, left_ids, right_ids, reason, evidence,
    personal_title, personal_left_value, personal_right_value, at_stake_minor, at_stake_currency,
    'open', $2::bigint, $2::bigint
FROM staging_finding WHERE NOT is_known
