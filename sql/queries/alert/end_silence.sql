-- Ends a silence.
-- Parameters: $1 silence, $2 now.
UPDATE alert_silence SET expires_at = $2
WHERE id = $1 AND expires_at > $2 AND created_at < $2
