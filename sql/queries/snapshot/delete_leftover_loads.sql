-- Forgets loads that died; one that lives on finds itself superseded when it commits.
-- Parameters: $1 record set.
DELETE FROM snapshot_load WHERE record_set_id = $1
