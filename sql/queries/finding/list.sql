-- Findings by filter.
-- Parameters, NULL for all: $1 entity, $2 kinds, $3 states, $4 changed at this instant or later,
-- $5 severities; $6 how many. Without states, resolved ones are left out.
-- Grain: one row per finding. Order: severity, then money at stake, both descending, kind, number.
SELECT finding.number, finding.fingerprint, finding.entity, kind, severity, side, field, left_ids, right_ids, reason, evidence,
    personal_title, personal_left_value, personal_right_value, at_stake_minor, at_stake_currency,
    finding.current_state, first_run.id AS first_run_id, first_run.as_of AS first_seen_at,
    changed.id AS changed_run_id, changed.as_of AS changed_at
FROM finding_current AS finding
JOIN run AS first_run ON first_run.id = finding.first_run_id
JOIN run AS changed
    ON changed.id = coalesce(finding.resolved_run_id, finding.opened_run_id)
WHERE ($1::text IS NULL OR finding.entity = $1)
    AND ($2::text[] IS NULL OR finding.kind = ANY($2))
    AND CASE WHEN $3::text[] IS NULL THEN finding.current_state <> 'resolved'
             ELSE finding.current_state = ANY($3) END
    AND ($4::timestamptz IS NULL OR changed.as_of >= $4)
    AND ($5::text[] IS NULL OR finding.severity = ANY($5))
ORDER BY array_position(ARRAY['error', 'warning', 'info'], finding.severity),
    finding.at_stake_minor DESC NULLS LAST, finding.kind, finding.number
LIMIT $6
