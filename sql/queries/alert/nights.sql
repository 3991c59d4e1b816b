-- Findings and money after each night that compared an entity of two snapshots without doubts.
-- Parameters: $1 nights since, $2 time zone. Grain: one row per night (by its day, counted from 1970,
-- the last of a day), entity, kind and currency; a night without findings has a row without kind.
-- Order: none.
WITH night AS (
    SELECT DISTINCT ON ((run.started_at AT TIME ZONE $2)::date, comparison.entity)
        (run.started_at AT TIME ZONE $2)::date - DATE '1970-01-01' AS day, comparison.entity,
        run.id AS run_id
    FROM run
    JOIN comparison ON comparison.run_id = run.id
    JOIN snapshot AS left_snapshot ON left_snapshot.id = comparison.left_snapshot_id
    JOIN snapshot AS right_snapshot ON right_snapshot.id = comparison.right_snapshot_id
    WHERE run.job = 'nightly' AND run.state IN ('succeeded', 'incomplete') AND run.started_at >= $1
        -- A snapshot of an earlier run stood in for a source that could not be read.
        AND left_snapshot.is_certified AND left_snapshot.run_id = run.id
        AND right_snapshot.is_certified AND right_snapshot.run_id = run.id
    ORDER BY (run.started_at AT TIME ZONE $2)::date, comparison.entity, run.id DESC
)
SELECT night.day::bigint AS day, night.entity, counted.kind,
    coalesce(counted.at_stake_currency, '') AS currency,
    coalesce(sum(counted.finding_count) FILTER (WHERE counted.state IN ('new', 'reopened')), 0)::bigint
        AS new_count,
    coalesce(sum(counted.at_stake_minor) FILTER (WHERE counted.state IN ('new', 'open', 'reopened')),
        0)::bigint AS at_stake_minor
FROM night
LEFT JOIN comparison_count AS counted
    ON counted.run_id = night.run_id AND counted.entity = night.entity
GROUP BY night.day, night.entity, counted.kind, counted.at_stake_currency
