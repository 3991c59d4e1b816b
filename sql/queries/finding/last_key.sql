-- Of which linkage an entity's findings were made last, and whether from two certified snapshots that
-- the run took itself: one of an earlier run stood in for a source that could not be read, in doubt.
-- Parameters: $1 entity. Grain: at most one row.
SELECT linkage.key,
    left_snapshot.is_certified AND left_snapshot.run_id = comparison.run_id
        AND right_snapshot.is_certified AND right_snapshot.run_id = comparison.run_id AS is_certified
FROM comparison
JOIN linkage USING (run_id, entity)
JOIN snapshot AS left_snapshot ON left_snapshot.id = comparison.left_snapshot_id
JOIN snapshot AS right_snapshot ON right_snapshot.id = comparison.right_snapshot_id
WHERE comparison.entity = $1
ORDER BY comparison.run_id DESC LIMIT 1
