-- Takes counts by the hour that are to be added.
COPY staging_journal_hour (
    hour, operation, object_kind, source_system, target_system, error_type, entry_count, timed_count,
    duration_ms_sum, duration_buckets
) FROM STDIN (FORMAT binary)
