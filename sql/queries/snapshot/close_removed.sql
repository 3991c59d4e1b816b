-- Ends the versions of records that a certified snapshot no longer has, and of those of which the
-- source says that they are gone.
-- Parameters: $1 versions, $2 snapshot.
UPDATE record_version SET valid_to = $2
WHERE id = ANY($1::bigint[]) AND valid_to IS NULL
