-- Who made or changed the records that findings of the period are about, as they stood in the snapshot
-- of the night that found them.
-- Parameters: period_start, period_end, top.
-- Grain: one row per person and relation, the first so many; findings of nobody under an empty name.
-- Namesakes are two persons; an id under one name in both systems is one.
-- Order: how many, descending.
-- The record is that of the finding's side, else the right one, else the one that there is; of a group
-- the last, which came last where ids count up (1C's do not). relation: created, of missing records and duplicates;
-- changed, of all others (the other of the two where the source knows only that); assigned where it
-- knows neither and the field "owner" says who is responsible; nobody. Persons are named by the entity
-- "user" of the same source, as it stands.
-- Plan: index finding_opened; record_version by a hash join, because an index of the versions that ended
-- would cost every night more than one pass once a month.
WITH found AS (
    SELECT finding.kind IN ('missing', 'duplicate') AS is_extra, finding.severity,
        CASE WHEN record.is_left THEN left_snapshot_id ELSE right_snapshot_id END AS snapshot_id,
        CASE WHEN record.is_left THEN left_ids[cardinality(left_ids)]
            ELSE right_ids[cardinality(right_ids)] END AS record_id
    FROM run
    JOIN comparison ON comparison.run_id = run.id
    JOIN finding
        ON finding.opened_run_id = comparison.run_id AND finding.entity = comparison.entity
    CROSS JOIN LATERAL (SELECT
        right_ids = '{}' OR finding.side = 'left' AND left_ids <> '{}') AS record (is_left)
    WHERE run.as_of >= :period_start::timestamptz AND run.as_of < :period_end::timestamptz
), known AS (
    SELECT snapshot.record_set_id, is_extra, severity, fields ->> 'created_by' AS creator,
        fields ->> 'modified_by' AS editor, fields ->> 'owner' AS owner
    FROM found
    JOIN snapshot ON snapshot.id = found.snapshot_id
    LEFT JOIN record_version
        ON record_version.record_set_id = snapshot.record_set_id
        AND record_version.record_id = found.record_id COLLATE "C"
        AND valid_from <= snapshot.id AND (valid_to IS NULL OR valid_to > snapshot.id)
), related AS (
    SELECT record_set_id, severity, creator, editor, owner, CASE
            WHEN is_extra AND creator IS NOT NULL THEN 'created'
            WHEN editor IS NOT NULL THEN 'changed'
            WHEN creator IS NOT NULL THEN 'created'
            WHEN owner IS NOT NULL THEN 'assigned'
            ELSE 'nobody' END AS relation
    FROM known
), told AS (
    SELECT record_set_id, relation,
        CASE relation WHEN 'created' THEN creator WHEN 'changed' THEN editor ELSE owner END AS person,
        count(*) AS found, count(*) FILTER (WHERE severity = 'error') AS errors
    FROM related
    GROUP BY 1, 2, 3
)
SELECT coalesce(person.personal_fields ->> 'name', person.fields ->> 'name', told.person, '')
        AS personal_author,
    relation, sum(told.found)::bigint AS found, sum(told.errors)::bigint AS errors,
    round(sum(told.found) / sum(sum(told.found)) OVER (), 4) AS share
FROM told
JOIN record_set ON record_set.id = told.record_set_id
LEFT JOIN record_set AS users
    ON users.source_id = record_set.source_id AND users.entity = 'user'
LEFT JOIN record_version AS person
    ON person.record_set_id = users.id AND person.record_id = told.person COLLATE "C"
    AND person.valid_to IS NULL
GROUP BY 1, told.person, 2
ORDER BY found DESC, 1, 2, told.person
LIMIT :top::integer
