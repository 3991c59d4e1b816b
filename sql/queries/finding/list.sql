-- Findings by filter, with those who are responsible for their first records.
-- Parameters, NULL for all: $1 entity, $2 kinds, $3 states, $4 changed at this instant or later,
-- $5 severities, $7 number; $6 how many. Without states and number, resolved ones are left out.
-- Grain: one row per finding. Order: severity, then money at stake, both descending, kind, number.
-- Plan: owners by the index record_version_current, two look-ups for each side of a listed finding; the
-- array keeps the view from looking up those of all findings.
WITH listed AS (
    SELECT finding.*, first_run.as_of AS first_seen_at
    FROM finding_current AS finding
    JOIN run AS first_run ON first_run.id = finding.first_run_id
    JOIN run AS changed
        ON changed.id = coalesce(finding.resolved_run_id, finding.opened_run_id)
    WHERE ($1::text IS NULL OR finding.entity = $1)
        AND ($2::text[] IS NULL OR finding.kind = ANY($2))
        AND ($7::bigint IS NULL OR finding.number = $7)
        AND CASE WHEN $7 IS NOT NULL THEN true
                 WHEN $3::text[] IS NULL THEN finding.current_state <> 'resolved'
                 ELSE finding.current_state = ANY($3) END
        AND ($4::timestamptz IS NULL OR changed.as_of >= $4)
        AND ($5::text[] IS NULL OR finding.severity = ANY($5))
    ORDER BY array_position(ARRAY['error', 'warning', 'info'], finding.severity),
        finding.at_stake_minor DESC NULLS LAST, finding.kind, finding.number
    LIMIT $6
)
SELECT listed.number, listed.fingerprint, listed.entity, listed.kind, listed.severity, listed.side,
    listed.field, listed.left_ids, listed.right_ids, listed.reason, listed.evidence,
    listed.personal_title, listed.personal_left_value, listed.personal_right_value,
    listed.at_stake_minor, listed.at_stake_currency, listed.current_state, listed.first_run_id,
    listed.first_seen_at,
    owner.personal_left_id AS personal_left_owner_id,
    owner.personal_left_name AS personal_left_owner,
    owner.personal_right_id AS personal_right_owner_id,
    owner.personal_right_name AS personal_right_owner
FROM listed
LEFT JOIN finding_side_owner AS owner
    ON owner.fingerprint = listed.fingerprint
    AND owner.fingerprint = ANY (ARRAY(SELECT fingerprint FROM listed))
ORDER BY array_position(ARRAY['error', 'warning', 'info'], listed.severity),
    listed.at_stake_minor DESC NULLS LAST, listed.kind, listed.number
