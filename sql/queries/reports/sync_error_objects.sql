-- Objects that failed most often.
-- Parameters: period_start, period_end, top.
-- Grain: one row per kind and id of an object, the first so many. Order: how often, descending.
-- Plan: index journal_entry_errors.
SELECT object_kind, object_id, count(*) AS failed,
    mode() WITHIN GROUP (ORDER BY coalesce(error_type, 'unknown')) AS error_type,
    min(occurred_at) AS first_at, max(occurred_at) AS last_at
FROM journal_entry
WHERE is_error AND occurred_at >= :period_start::timestamptz
    AND occurred_at < :period_end::timestamptz
GROUP BY object_kind, object_id
ORDER BY failed DESC, last_at DESC, object_kind, object_id
LIMIT :top::integer
