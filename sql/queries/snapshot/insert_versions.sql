-- Adds the staged rows as versions.
-- Parameters: $1 load, $2 snapshot, $3 record set.
INSERT INTO record_version (
    record_set_id, record_id, valid_from, content_hash, fields, personal_fields, personal_payload,
    reading_notes)
SELECT $3::smallint, record_id, $2::bigint, content_hash, fields, personal_fields,
    personal_payload, reading_notes
FROM staging_record WHERE load_id = $1
