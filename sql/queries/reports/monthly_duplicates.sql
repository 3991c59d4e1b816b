-- Groups of records of one system that are the same thing.
-- Parameters: period_start, period_end.
-- Grain: one row per entity compared in the period and side with a group. Order: surplus records,
-- descending.
-- surplus: records that would go if each group were merged into one.
WITH compared AS (
    SELECT comparison.run_id, comparison.entity, run.as_of
    FROM comparison JOIN run ON run.id = comparison.run_id
    WHERE run.as_of < :period_end::timestamptz
), edge AS (
    SELECT entity, max(run_id) FILTER (WHERE as_of >= :period_start::timestamptz) AS at_end,
        coalesce(max(run_id) FILTER (WHERE as_of < :period_start::timestamptz), 0) AS before
    FROM compared GROUP BY entity
    HAVING bool_or(as_of >= :period_start::timestamptz)
)
SELECT cluster.entity, cluster.side, count(*) FILTER (WHERE stands)::bigint AS groups,
    coalesce(sum(cardinality(member_ids) - 1) FILTER (WHERE stands), 0)::bigint AS surplus,
    coalesce(max(cardinality(member_ids)) FILTER (WHERE stands), 0)::bigint AS largest,
    count(*) FILTER (WHERE stood)::bigint AS groups_before
FROM cluster_version AS cluster
JOIN edge USING (entity)
CROSS JOIN LATERAL (SELECT
    valid_from <= at_end AND (valid_to IS NULL OR valid_to > at_end) AS stands,
    valid_from <= before AND (valid_to IS NULL OR valid_to > before) AS stood) AS time
GROUP BY cluster.entity, cluster.side
HAVING bool_or(stands OR stood)
ORDER BY surplus DESC, cluster.entity, cluster.side
