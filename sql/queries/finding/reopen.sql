-- Opens findings again that are found after they were resolved; accepted ones stay accepted.
-- Parameters: $1 run.
UPDATE finding
SET state = CASE WHEN finding.is_accepted THEN 'accepted' ELSE 'open' END, resolved_run_id = NULL,
    opened_run_id = CASE WHEN finding.is_accepted THEN finding.opened_run_id ELSE $1 END
FROM staging_finding AS staged
WHERE staged.is_known AND staged.target_state <> 'resolved'
    AND finding.fingerprint = staged.fingerprint AND finding.state = 'resolved'
