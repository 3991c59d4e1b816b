-- From what stood before the period to what stands at its end, by kind: the waterfall of causes.
-- Parameters: period_start, period_end.
-- Grain: one row per step: before, a row per kind that moved, other, end. Order: the chart's.
-- change is what a step adds; NULL at the end, where the sum so far is shown. standing is what stands
-- at that step. other: findings that were found again while accepted, and entities that are no
-- longer compared.
WITH compared AS (
    SELECT comparison.run_id, comparison.entity, run.as_of
    FROM comparison JOIN run ON run.id = comparison.run_id
    WHERE run.as_of < :period_end::timestamptz
), edge AS (
    SELECT DISTINCT ON (entity, as_of >= :period_start::timestamptz) run_id, entity,
        as_of >= :period_start::timestamptz AS is_inside
    FROM compared ORDER BY entity, as_of >= :period_start::timestamptz, run_id DESC
), total AS (
    SELECT coalesce(sum(finding_count) FILTER (WHERE NOT is_inside), 0) AS before,
        coalesce(sum(finding_count) FILTER (WHERE is_inside), 0) AS at_end
    FROM edge JOIN comparison_count USING (run_id, entity)
    WHERE state <> 'resolved'
), moved AS (
    SELECT kind, sum(CASE state WHEN 'resolved' THEN -finding_count ELSE finding_count END) AS change
    FROM compared JOIN comparison_count USING (run_id, entity)
    WHERE as_of >= :period_start::timestamptz AND state IN ('new', 'reopened', 'resolved')
    GROUP BY kind
), step AS (
    SELECT 1 AS place, 'before' AS step, before AS change, before AS size FROM total
    UNION ALL
    SELECT 2, kind, change, abs(change) FROM moved WHERE change <> 0
    UNION ALL
    SELECT 3, 'other', at_end - before - (SELECT coalesce(sum(change), 0) FROM moved), 0 FROM total
    WHERE at_end - before - (SELECT coalesce(sum(change), 0) FROM moved) <> 0
    UNION ALL
    SELECT 4, 'end', NULL, 0 FROM total
)
SELECT step, change::bigint,
    sum(change) OVER (ORDER BY place, change DESC NULLS LAST, step)::bigint AS standing
FROM step
ORDER BY place, change DESC NULLS LAST, step
