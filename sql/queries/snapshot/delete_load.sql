-- Ends a load.
-- Parameters: $1 load.
DELETE FROM snapshot_load WHERE id = $1
