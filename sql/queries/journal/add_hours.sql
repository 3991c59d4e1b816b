-- Adds the staged counts to the hours.
-- Parameters: $1 source (number).
INSERT INTO journal_hour AS standing (
    source_id, hour, operation, object_kind, source_system, target_system, error_type, entry_count,
    timed_count, duration_ms_sum, duration_buckets)
SELECT $1::smallint, hour, operation, object_kind, source_system, target_system, error_type,
    entry_count, timed_count, duration_ms_sum, duration_buckets
FROM staging_journal_hour
-- Two processes that add to the same hours must not wait for each other in a circle.
ORDER BY hour, operation, object_kind, source_system, target_system, error_type
ON CONFLICT (
    source_id, hour, operation, object_kind, source_system, target_system, error_type
) DO UPDATE
SET entry_count = standing.entry_count + excluded.entry_count,
    timed_count = standing.timed_count + excluded.timed_count,
    duration_ms_sum = standing.duration_ms_sum + excluded.duration_ms_sum,
    duration_buckets = ARRAY(
        SELECT coalesce(was, 0) + coalesce(more, 0)
        FROM unnest(standing.duration_buckets, excluded.duration_buckets)
            WITH ORDINALITY AS bucket (was, more, place)
        ORDER BY place)
