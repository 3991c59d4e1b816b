-- From what stood before the period to what stands at its end: the waterfall of causes.
-- Parameters: period_start, period_end.
-- Grain: one row per step: before, a row per kind of which findings came, resolved, other, end.
-- Order: the chart's, kinds by how many came.
-- change is what a step adds; NULL at the end, where the sum so far is shown. standing is what stands
-- at that step; accepted findings do not, as in monthly_overview. What came has appeared or come back.
-- other: findings that were accepted, or no longer are, and entities that are no longer compared.
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
    WHERE state NOT IN ('resolved', 'accepted')
), moved AS (
    SELECT CASE state WHEN 'resolved' THEN 'resolved' ELSE kind END AS step,
        sum(CASE state WHEN 'resolved' THEN -finding_count ELSE finding_count END) AS change
    FROM compared JOIN comparison_count USING (run_id, entity)
    WHERE as_of >= :period_start::timestamptz AND state IN ('new', 'reopened', 'resolved')
    GROUP BY 1
), rest AS (
    SELECT at_end - before - (SELECT coalesce(sum(change), 0) FROM moved) AS change FROM total
), step AS (
    SELECT 1 AS place, 'before' AS step, before AS change FROM total
    UNION ALL
    SELECT CASE step WHEN 'resolved' THEN 3 ELSE 2 END, step, change FROM moved
    UNION ALL
    SELECT 4, 'other', change FROM rest WHERE change <> 0
    UNION ALL
    SELECT 5, 'end', NULL
)
SELECT step, change::bigint,
    sum(change) OVER (ORDER BY place, change DESC NULLS LAST, step)::bigint AS standing
FROM step
ORDER BY place, change DESC NULLS LAST, step
