-- What concerns each owner: findings that stand, and those that were resolved in the period.
-- Parameters: :period_start, :period_end.
-- Grain: one row per finding and owner. Order: owner, standing ones first, severity, money, number.
-- All is told as of the period's end, as in owner_totals.
-- "first" is true for the first that stands and the first that was resolved of each owner.
WITH told AS (
    SELECT finding.*, first_run.as_of AS first_seen_at, opened.as_of AS opened_at,
        resolved.as_of IS NULL OR resolved.as_of >= :period_end::timestamptz AS stands
    FROM finding
    JOIN run AS first_run ON first_run.id = finding.first_run_id
    JOIN run AS opened ON opened.id = finding.opened_run_id
    LEFT JOIN run AS resolved ON resolved.id = finding.resolved_run_id
    WHERE opened.as_of < :period_end::timestamptz
        AND (resolved.as_of IS NULL OR resolved.as_of >= :period_start::timestamptz)
)
SELECT coalesce(lower(owner.personal_email), owner.personal_name) AS owner_key,
    owner.personal_name AS owner, owner.personal_email AS owner_email,
    finding.number, finding.entity, finding.kind, finding.field, finding.severity,
    CASE WHEN NOT stands THEN 'resolved' WHEN opened_at < :period_start::timestamptz THEN 'open'
         WHEN finding.opened_run_id > finding.first_run_id THEN 'reopened' ELSE 'new' END AS state,
    NOT stands AS resolved,
    row_number() OVER (PARTITION BY coalesce(lower(owner.personal_email), owner.personal_name), stands
        ORDER BY array_position(ARRAY['error', 'warning', 'info'], finding.severity),
            finding.at_stake_minor DESC NULLS LAST, finding.number) = 1 AS first,
    finding.personal_title AS title, finding.personal_left_value AS left_value,
    finding.personal_right_value AS right_value, finding.at_stake_minor AS at_stake,
    finding.at_stake_currency AS currency, first_seen_at,
    greatest(0, extract(day FROM :period_end::timestamptz - first_seen_at))::bigint AS days_open,
    finding.left_ids[1] AS left_id, finding.right_ids[1] AS right_id
FROM told AS finding
JOIN finding_owner AS owner ON owner.fingerprint = finding.fingerprint
WHERE NOT (stands AND is_accepted)
ORDER BY owner_key, stands DESC,
    array_position(ARRAY['error', 'warning', 'info'], finding.severity),
    finding.at_stake_minor DESC NULLS LAST, finding.number
