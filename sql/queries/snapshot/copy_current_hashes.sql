-- The versions that stand. Parameter: sverka.record_set.
-- Grain: one row per record. Order: none.
COPY (
    SELECT id, record_id, content_hash FROM record_version
    WHERE record_set_id = current_setting('sverka.record_set')::smallint AND valid_to IS NULL
) TO STDOUT (FORMAT binary)
