-- Adds a snapshot.
-- Parameters: $1 record set, $2 run, $3 certified, $4 certificate, $5 to $8 records that stand, were
-- added, changed, removed, $9 checksum. Grain: one row.
INSERT INTO snapshot (
    record_set_id, run_id, is_certified, certificate, record_count, added_count, changed_count,
    removed_count, content_checksum)
VALUES ($1::smallint, $2, $3, $4, $5::integer, $6::integer, $7::integer, $8::integer, $9)
RETURNING id, taken_at
