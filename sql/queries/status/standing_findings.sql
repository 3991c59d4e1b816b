-- Findings that are open.
-- Grain: one row per entity, kind and severity. Order: the same.
SELECT entity, kind, severity, count(*) AS finding_count
FROM finding WHERE state = 'open'
GROUP BY entity, kind, severity
ORDER BY entity, kind, severity
