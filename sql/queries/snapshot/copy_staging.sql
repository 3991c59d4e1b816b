-- Takes new and changed records of a load.
COPY staging_record (
    load_id, record_id, replaces, content_hash, fields, personal_fields, personal_payload,
    reading_notes
) FROM STDIN (FORMAT binary)
