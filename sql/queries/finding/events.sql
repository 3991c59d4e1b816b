-- The life of a finding.
-- Parameters: $1 fingerprint. Grain: one row per event. Order: as they happened.
SELECT event, run_id, verdict_id, at FROM finding_event WHERE fingerprint = $1::uuid ORDER BY id
