-- Types of errors that the integration had in the period.
-- Parameters: period_start, period_end.
-- Grain: one row per type that occurred. Order: how many, descending.
-- Plan: index journal_entry_errors.
SELECT coalesce(error_type, 'unknown') AS error_type, count(*) AS failed
FROM journal_entry
WHERE is_error AND occurred_at >= :period_start::timestamptz
    AND occurred_at < :period_end::timestamptz
GROUP BY 1
ORDER BY failed DESC, error_type
