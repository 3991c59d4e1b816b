-- Tells of a verdict in the life of its finding.
-- Parameters: $1 fingerprint, $2 verdict, $3 event.
INSERT INTO finding_event (fingerprint, verdict_id, event) VALUES ($1::uuid, $2, $3)
