-- Takes entries of the journal.
COPY journal_entry (
    source_id, file_id, occurred_at, operation, object_kind, source_system, target_system, object_id,
    is_error, duration_ms, error_code, error_type, error_shape, personal_details
) FROM STDIN (FORMAT binary)
