-- Findings by filter, with those who are responsible for their first records.
-- Parameters, NULL for all: $1 entity, $2 kinds, $3 states, $4 changed at this instant or later,
-- $5 severities, $7 number; $6 how many. Without states and number, resolved ones are left out.
-- Grain: one row per finding. Order: severity, then money at stake, both descending, kind, number.
-- Plan: findings are read once; owners by the index record_version_current, two look-ups for each side of
-- a listed finding. The view finding_side_owner would read all findings a second time, and without
-- statistics the server may compare each with each: minutes for 30 000.
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
), compared AS MATERIALIZED (
    SELECT * FROM compared_record_set
)
SELECT listed.number, listed.fingerprint, listed.entity, listed.kind, listed.severity, listed.side,
    listed.field, listed.left_ids, listed.right_ids, listed.reason, listed.evidence,
    listed.personal_title, listed.personal_left_value, listed.personal_right_value,
    listed.at_stake_minor, listed.at_stake_currency, listed.current_state, listed.first_run_id,
    listed.first_seen_at,
    left_record.fields ->> 'owner' AS personal_left_owner_id,
    coalesce(left_user.personal_fields ->> 'name', left_user.fields ->> 'name')
        AS personal_left_owner,
    right_record.fields ->> 'owner' AS personal_right_owner_id,
    coalesce(right_user.personal_fields ->> 'name', right_user.fields ->> 'name')
        AS personal_right_owner
FROM listed
LEFT JOIN compared ON compared.entity = listed.entity
LEFT JOIN record_version AS left_record
    ON left_record.record_set_id = compared.left_set_id
    AND left_record.record_id = listed.left_ids[1] COLLATE "C"
    AND left_record.valid_to IS NULL
LEFT JOIN record_version AS left_user
    ON left_user.record_set_id = compared.left_user_set_id
    AND left_user.record_id = (left_record.fields ->> 'owner') COLLATE "C"
    AND left_user.valid_to IS NULL
LEFT JOIN record_version AS right_record
    ON right_record.record_set_id = compared.right_set_id
    AND right_record.record_id = listed.right_ids[1] COLLATE "C"
    AND right_record.valid_to IS NULL
LEFT JOIN record_version AS right_user
    ON right_user.record_set_id = compared.right_user_set_id
    AND right_user.record_id = (right_record.fields ->> 'owner') COLLATE "C"
    AND right_user.valid_to IS NULL
ORDER BY array_position(ARRAY['error', 'warning', 'info'], listed.severity),
    listed.at_stake_minor DESC NULLS LAST, listed.kind, listed.number
