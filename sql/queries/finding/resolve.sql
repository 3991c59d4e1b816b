-- Resolves findings that are no longer found.
-- Parameters: $1 run.
UPDATE finding SET state = 'resolved', resolved_run_id = $1
FROM staging_finding AS staged
WHERE staged.target_state = 'resolved' AND finding.fingerprint = staged.fingerprint
    AND finding.state <> 'resolved'
