-- Fills the journal of a migrated database with operations spread over the nights' days, more by day
-- than by night, and counts them by the hour as the journal's ingest does. Needs fill_findings.sql.
-- Settings: bench.nights, bench.operations, bench.last_night.
INSERT INTO journal_entry (source_id, occurred_at, operation, object_kind, source_system,
    target_system, object_id, is_error, duration_ms, error_code, error_type, error_shape,
    personal_details)
SELECT (SELECT id FROM source WHERE name = 'exchange'), occurred_at,
    (ARRAY['create', 'update', 'update', 'update', 'delete'])[1 + hash / 3 % 5], object_kind,
    '1c', 'bitrix24', object_kind || '-' || hash / 7 % 20000, is_error,
    (10 * power(2, (hash / 11 % 90) / 10.0))::integer,
    CASE WHEN is_error THEN (ARRAY['QUERY_LIMIT_EXCEEDED', '9', '-1', '503'])[1 + error % 4] END,
    CASE WHEN is_error THEN (ARRAY['authorization.limit_exceeded', 'data.integrity', 'data.locked',
        'connection.server_away', 'data.missing_field', 'unknown'])[1 + error] END,
    CASE WHEN is_error THEN (ARRAY['too many requests', 'экземпляр сущности «…» не найден',
        'конфликт блокировок', 'http 503', 'поле «…» не заполнено', 'сбой узла #'])[1 + error] END,
    CASE WHEN is_error THEN 'Сбой узла ' || number END
FROM generate_series(1, current_setting('bench.operations')::integer) AS number
CROSS JOIN LATERAL (SELECT abs(hashint8(number)) AS hash) AS hashed
CROSS JOIN LATERAL (SELECT
    (ARRAY['counterparty', 'contact', 'product', 'order', 'payment'])[1 + hash % 5] AS object_kind,
    hash / 13 % 200 < 3 AS is_error, hash / 17 % 6 AS error,
    ((current_setting('bench.last_night')::date - current_setting('bench.nights')::integer)::timestamp
        AT TIME ZONE 'Europe/Moscow') + interval '1 second'
        * ((number::bigint * current_setting('bench.nights')::integer * 86400)
            / current_setting('bench.operations')::integer) AS occurred_at) AS made;

INSERT INTO journal_hour (source_id, hour, operation, object_kind, source_system, target_system,
    error_type, entry_count, timed_count, duration_ms_sum, duration_buckets)
WITH counted AS (
    SELECT source_id, date_trunc('hour', occurred_at, 'UTC') AS hour, operation, object_kind,
        source_system, target_system, coalesce(error_type, '') AS error_type,
        greatest(1, ceil(4 * log(2, greatest(duration_ms, 1))))::integer AS bucket,
        count(*) AS number, sum(duration_ms) AS total
    FROM journal_entry GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
)
SELECT source_id, hour, operation, object_kind, source_system, target_system, error_type,
    sum(number), sum(number), sum(total),
    (SELECT array_agg(coalesce(hit.number, 0) ORDER BY place)
     FROM generate_series(1, max(counted.bucket)) AS place
     LEFT JOIN unnest(array_agg(counted.bucket), array_agg(counted.number)) AS hit (bucket, number)
         ON hit.bucket = place)
FROM counted GROUP BY 1, 2, 3, 4, 5, 6, 7;
