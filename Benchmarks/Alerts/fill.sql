-- A year and two months of the journal by the hour, an hour of entries, and four hundred nights.
INSERT INTO source (name) VALUES ('a'), ('b'), ('journal') ON CONFLICT DO NOTHING;

INSERT INTO journal_hour (
    source_id, hour, operation, object_kind, source_system, target_system, error_type, entry_count,
    timed_count, duration_ms_sum, duration_buckets)
SELECT (SELECT id FROM source WHERE name = 'journal'), hour, 'update', kind, '1C', 'Bitrix24', type,
    CASE WHEN type = '' THEN 400 ELSE 3 + (hashtext(hour::text || kind || type) & 3) END, 1, 100,
    '{0,0,1}'
FROM generate_series(
        date_trunc('hour', now()) - interval '430 days', date_trunc('hour', now()) - interval '1 hour',
        interval '1 hour') AS hour,
    unnest(ARRAY['counterparty', 'order', 'product', 'price', 'stock', 'payment']) AS kind,
    unnest(ARRAY['', 'connection.timeout', 'connection.network', 'data.format', 'data.missing_field',
        'authorization.limit_exceeded']) AS type;

INSERT INTO journal_entry (
    source_id, file_id, occurred_at, operation, object_kind, source_system, target_system, object_id,
    is_error, duration_ms, error_code, error_type, error_shape, personal_details)
SELECT (SELECT id FROM source WHERE name = 'journal'), 1, moment, 'update', 'order', '1C', 'Bitrix24',
    'id', number % 40 = 0, 100, NULL, CASE WHEN number % 40 = 0 THEN 'connection.timeout' END, '', NULL
FROM (
    SELECT row_number() OVER () AS number, moment
    FROM generate_series(now() - interval '1 day', now(), interval '0.2 second') AS moment) AS tick;

-- As the reading of the journal does.
SELECT brin_summarize_new_values('journal_entry_time');

INSERT INTO record_set (source_id, entity)
SELECT source.id, entity
FROM source, unnest(ARRAY['counterparty', 'order', 'product', 'price', 'stock', 'payment']) AS entity
WHERE source.name IN ('a', 'b');

INSERT INTO run (job, state, as_of, started_at, finished_at)
SELECT 'nightly', 'succeeded', night, night, night + interval '1 hour'
FROM generate_series(
    date_trunc('day', now()) - interval '400 days', date_trunc('day', now()), interval '1 day') AS night;

INSERT INTO snapshot (
    record_set_id, run_id, taken_at, is_certified, certificate, record_count, added_count,
    changed_count, removed_count, content_checksum)
SELECT record_set.id, run.id, run.started_at, true, '{}', 1000, 0, 0, 0, repeat('0', 32)
FROM run, record_set WHERE run.job = 'nightly';

INSERT INTO comparison (run_id, entity, left_snapshot_id, right_snapshot_id)
SELECT run.id, record_set.entity, min(snapshot.id), max(snapshot.id)
FROM run
JOIN snapshot ON snapshot.run_id = run.id
JOIN record_set ON record_set.id = snapshot.record_set_id
GROUP BY run.id, record_set.entity;

INSERT INTO comparison_count (
    run_id, entity, kind, severity, state, finding_count, at_stake_minor, at_stake_currency)
SELECT run_id, entity, kind, 'warning', state, 5 + (hashtext(run_id::text || entity || kind) & 7),
    1000000, 'RUB'
FROM comparison, unnest(ARRAY['missing', 'mismatch', 'duplicate', 'invalid']) AS kind,
    unnest(ARRAY['new', 'open', 'resolved']) AS state;

ANALYZE;
