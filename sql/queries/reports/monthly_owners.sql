-- With whom findings of the period stand: who is responsible for the first record of each.
-- Parameters: period_start, period_end, currency, top.
-- Grain: one row per person, the first so many; findings of nobody under an empty name. Order: how
-- many came in the period, then how many stand.
-- The person is the field "owner" of the record on the finding's side, else of the right or the left
-- one, as it stands today, named by the entity "user" of the same source.
-- Plan: indexes finding_standing and finding_resolved; owners by record_version_current.
WITH latest AS MATERIALIZED (
    SELECT DISTINCT ON (comparison.entity) comparison.entity, comparison.run_id,
        left_set.id AS left_set_id, left_users.id AS left_user_set_id,
        right_set.id AS right_set_id, right_users.id AS right_user_set_id
    FROM comparison
    JOIN run ON run.id = comparison.run_id
    JOIN snapshot AS left_snapshot ON left_snapshot.id = comparison.left_snapshot_id
    JOIN record_set AS left_set ON left_set.id = left_snapshot.record_set_id
    LEFT JOIN record_set AS left_users
        ON left_users.source_id = left_set.source_id AND left_users.entity = 'user'
    JOIN snapshot AS right_snapshot ON right_snapshot.id = comparison.right_snapshot_id
    JOIN record_set AS right_set ON right_set.id = right_snapshot.record_set_id
    LEFT JOIN record_set AS right_users
        ON right_users.source_id = right_set.source_id AND right_users.entity = 'user'
    WHERE run.as_of >= :period_start::timestamptz AND run.as_of < :period_end::timestamptz
    ORDER BY comparison.entity, comparison.run_id DESC
), period_run AS MATERIALIZED (
    SELECT id FROM run
    WHERE as_of >= :period_start::timestamptz AND as_of < :period_end::timestamptz
), concerned AS (
    SELECT entity, side, left_ids[1] AS left_id, right_ids[1] AS right_id, is_accepted,
        opened_run_id, resolved_run_id, at_stake_minor, at_stake_currency, severity
    FROM finding WHERE state <> 'resolved'
    UNION ALL
    SELECT entity, side, left_ids[1], right_ids[1], is_accepted, opened_run_id, resolved_run_id,
        at_stake_minor, at_stake_currency, severity
    FROM finding
    WHERE resolved_run_id IN (SELECT id FROM run WHERE id >= (SELECT min(id) FROM period_run))
), told AS (
    SELECT concerned.entity, coalesce(side, 'right') AS side, left_id, right_id, at_stake_minor,
        at_stake_currency, severity, opened.id IS NOT NULL AS is_opened,
        opened_run_id <= run_id AND NOT is_accepted
            AND (resolved_run_id IS NULL OR resolved_run_id > run_id) AS is_standing
    FROM concerned
    JOIN latest USING (entity)
    LEFT JOIN period_run AS opened ON opened.id = opened_run_id
), grouped AS MATERIALIZED (
    SELECT entity, side, left_id, right_id, count(*) FILTER (WHERE is_opened) AS opened,
        count(*) FILTER (WHERE is_standing) AS standing,
        count(*) FILTER (WHERE is_standing AND severity = 'error') AS errors,
        sum(at_stake_minor) FILTER (WHERE is_standing AND at_stake_currency = :currency::text)
            AS at_risk_minor
    FROM told
    WHERE is_opened OR is_standing
    GROUP BY entity, side, left_id, right_id
), owned AS (
    SELECT CASE WHEN side = 'left' AND left_record.owner IS NOT NULL OR right_record.owner IS NULL
            THEN left_user_set_id ELSE right_user_set_id END AS user_set_id,
        CASE WHEN side = 'left' THEN coalesce(left_record.owner, right_record.owner)
            ELSE coalesce(right_record.owner, left_record.owner) END AS owner,
        sum(opened) AS opened, sum(standing) AS standing, sum(errors) AS errors,
        sum(at_risk_minor) AS at_risk_minor
    FROM grouped
    JOIN latest USING (entity)
    LEFT JOIN LATERAL (SELECT fields ->> 'owner' AS owner FROM record_version
        WHERE record_set_id = left_set_id AND record_id = left_id COLLATE "C"
            AND valid_to IS NULL) AS left_record ON true
    LEFT JOIN LATERAL (SELECT fields ->> 'owner' AS owner FROM record_version
        WHERE record_set_id = right_set_id AND record_id = right_id COLLATE "C"
            AND valid_to IS NULL) AS right_record ON true
    GROUP BY 1, 2
)
SELECT coalesce(person.personal_fields ->> 'name', person.fields ->> 'name', owned.owner, '')
        AS personal_owner,
    sum(opened)::bigint AS opened, sum(standing)::bigint AS standing, sum(errors)::bigint AS errors,
    coalesce(sum(at_risk_minor), 0)::bigint AS at_risk_minor, :currency::text AS currency
FROM owned
LEFT JOIN record_version AS person
    ON person.record_set_id = owned.user_set_id AND person.record_id = owned.owner COLLATE "C"
    AND person.valid_to IS NULL
GROUP BY 1
HAVING sum(opened) + sum(standing) > 0
ORDER BY opened DESC, standing DESC, personal_owner
LIMIT :top::integer
