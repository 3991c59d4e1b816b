-- Time to detect and time to resolve, by entity, and over all of them under the name total.
-- Parameters: period_start, period_end.
-- Grain: one row per entity with findings found or resolved in the period, and one for all.
-- Order: all first, then entity. Times to detect in hours, to resolve in days.
-- Time to detect is at most the time since the comparison before the one that found it: when the
-- error arose in between is not known. What the very first comparison found is left out. Time to
-- resolve is from the run that found it, or found it again, to the run that no longer did; findings
-- that were found again since are no longer among the resolved.
-- Plan: index finding_resolved, without reading the findings.
WITH compared AS (
    SELECT comparison.run_id, comparison.entity, run.as_of,
        run.as_of - lag(run.as_of) OVER (PARTITION BY comparison.entity ORDER BY run.id) AS gap
    FROM comparison JOIN run ON run.id = comparison.run_id
    WHERE run.as_of < :period_end::timestamptz
), detected AS (
    SELECT entity, gap, sum(finding_count) AS number
    FROM compared JOIN comparison_count USING (run_id, entity)
    WHERE as_of >= :period_start::timestamptz AND gap IS NOT NULL AND state IN ('new', 'reopened')
    GROUP BY entity, gap
), resolved AS (
    SELECT finding.entity, closed.as_of - opened.as_of AS gap, count(*) AS number
    FROM finding
    JOIN run AS closed ON closed.id = finding.resolved_run_id
    JOIN run AS opened ON opened.id = finding.opened_run_id
    WHERE finding.resolved_run_id IN (
        SELECT id FROM run
        WHERE as_of >= :period_start::timestamptz AND as_of < :period_end::timestamptz)
    GROUP BY finding.entity, closed.as_of - opened.as_of
), spread AS (
    SELECT 'detect' AS what, entity, gap, number FROM detected
    UNION ALL SELECT 'detect', 'total', gap, number FROM detected
    UNION ALL SELECT 'resolve', entity, gap, number FROM resolved
    UNION ALL SELECT 'resolve', 'total', gap, number FROM resolved
), ranked AS (
    SELECT what, entity, (extract(epoch FROM gap) * 1000)::bigint AS milliseconds,
        sum(number) OVER (PARTITION BY what, entity ORDER BY gap) AS reached,
        sum(number) OVER (PARTITION BY what, entity) AS total
    FROM spread
), summed AS (
    SELECT what, entity, max(total)::bigint AS number,
        min(milliseconds) FILTER (WHERE reached >= 0.5 * total) AS median,
        min(milliseconds) FILTER (WHERE reached >= 0.95 * total) AS nineteen_of_twenty
    FROM ranked GROUP BY what, entity
)
SELECT entity, coalesce(detect.number, 0) AS detected_count, round(detect.median / 3600000.0, 1) AS detect_median,
    round(detect.nineteen_of_twenty / 3600000.0, 1) AS detect_p95,
    CASE WHEN detect.number IS NULL THEN 'nothing_found' END AS thin_detect_median,
    CASE WHEN detect.number IS NULL THEN 'nothing_found'
        WHEN detect.number < 20 THEN 'few' END AS thin_detect_p95,
    coalesce(resolve.number, 0) AS resolved_count, round(resolve.median / 86400000.0, 1) AS resolve_median,
    round(resolve.nineteen_of_twenty / 86400000.0, 1) AS resolve_p95,
    CASE WHEN resolve.number IS NULL THEN 'nothing_resolved' END AS thin_resolve_median,
    CASE WHEN resolve.number IS NULL THEN 'nothing_resolved'
        WHEN resolve.number < 20 THEN 'few' END AS thin_resolve_p95
FROM (SELECT * FROM summed WHERE what = 'detect') AS detect
FULL JOIN (SELECT * FROM summed WHERE what = 'resolve') AS resolve USING (entity)
ORDER BY entity <> 'total', entity
