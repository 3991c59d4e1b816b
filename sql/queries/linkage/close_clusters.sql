-- Ends the clusters that the run no longer has, or has otherwise.
-- Parameters: $1 entity, $2 run.
WITH staged AS (
    SELECT side, array_agg(record_id ORDER BY position) AS member_ids,
        array_agg(probability ORDER BY position) AS probabilities, min(reason) AS reason,
        min(detail) AS detail
    FROM staging_cluster_member GROUP BY side, number
)
UPDATE cluster_version SET valid_to = $2
WHERE entity = $1 AND valid_to IS NULL
    AND NOT EXISTS (
        SELECT FROM staged
        WHERE staged.side = cluster_version.side
            AND staged.member_ids = cluster_version.member_ids
            AND staged.probabilities = cluster_version.probabilities
            AND staged.reason = cluster_version.reason AND staged.detail = cluster_version.detail)
