-- In which fields the findings of the period arose.
-- Parameters: period_start, period_end, top.
-- Grain: one row per entity and field; the record as a whole under an empty field. Order: how many
-- came, descending.
-- Plan: index finding_opened.
SELECT entity, coalesce(field, '') AS field, count(*)::bigint AS opened,
    count(*) FILTER (WHERE severity = 'error')::bigint AS errors,
    count(*) FILTER (WHERE opened_run_id > first_run_id)::bigint AS reopened,
    round(count(*) / sum(count(*)) OVER (), 4) AS share
FROM finding
WHERE opened_run_id IN (
    SELECT id FROM run
    WHERE as_of >= :period_start::timestamptz AND as_of < :period_end::timestamptz)
GROUP BY entity, coalesce(field, '')
ORDER BY opened DESC, entity, field
LIMIT :top::integer
