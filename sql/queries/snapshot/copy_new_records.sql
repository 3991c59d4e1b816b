-- The records of a snapshot that no snapshot up to an earlier one had, without their payloads.
-- Parameter: sverka.snapshots, the earlier one and the snapshot, `7:9`.
-- Grain: one row per record. Order: numbers first, by value; other ids by their bytes.
COPY (
    SELECT version.record_id, version.fields, version.personal_fields, version.reading_notes
    FROM snapshot
    JOIN record_version AS version
        ON version.record_set_id = snapshot.record_set_id AND version.valid_from <= snapshot.id
        AND (version.valid_to IS NULL OR version.valid_to > snapshot.id)
    CROSS JOIN LATERAL (SELECT version.record_id ~ '^[1-9][0-9]*$') AS id (is_number)
    WHERE snapshot.id = split_part(current_setting('sverka.snapshots'), ':', 2)::bigint
        AND NOT EXISTS (
            SELECT FROM record_version AS earlier
            WHERE earlier.record_set_id = version.record_set_id
                AND earlier.record_id = version.record_id
                AND earlier.valid_from
                    <= split_part(current_setting('sverka.snapshots'), ':', 1)::bigint)
    ORDER BY id.is_number DESC,
        CASE WHEN id.is_number THEN length(version.record_id) END,
        version.record_id COLLATE "C"
) TO STDOUT (FORMAT binary)
