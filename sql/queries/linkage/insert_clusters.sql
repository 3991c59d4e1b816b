-- Adds the clusters that do not stand yet.
-- Parameters: $1 entity, $2 run.
WITH staged AS (
    SELECT side, array_agg(record_id ORDER BY position) AS member_ids,
        array_agg(probability ORDER BY position) AS probabilities, min(reason) AS reason,
        min(detail) AS detail
    FROM staging_cluster_member GROUP BY side, number
)
INSERT INTO cluster_version (
    entity, side, member_ids, probabilities, reason, detail, valid_from)
SELECT $1::text, side, member_ids, probabilities, reason, detail, $2::bigint
FROM staged
WHERE NOT EXISTS (
    SELECT FROM cluster_version AS standing
    WHERE standing.entity = $1 AND standing.valid_to IS NULL
        AND standing.side = staged.side AND standing.member_ids = staged.member_ids)
