-- Failed operations of the integration by the shape of their message.
-- Parameters: period_start, period_end, top.
-- Grain: one row per type, code and shape, the first so many. Order: unknown types first, then how
-- many, descending. A shape holds no personal data.
-- Plan: index journal_entry_errors.
SELECT coalesce(error_type, 'unknown') AS error_type, coalesce(error_code, '') AS error_code,
    coalesce(error_shape, '') AS error_shape, count(*) AS failed,
    count(DISTINCT (object_kind, object_id)) AS objects,
    string_agg(DISTINCT object_kind, ', ' ORDER BY object_kind) AS object_kinds,
    min(occurred_at) AS first_at, max(occurred_at) AS last_at
FROM journal_entry
WHERE is_error AND occurred_at >= :period_start::timestamptz
    AND occurred_at < :period_end::timestamptz
GROUP BY 1, 2, 3
ORDER BY coalesce(error_type, 'unknown') <> 'unknown', failed DESC, 1, 2, 3
LIMIT :top::integer
