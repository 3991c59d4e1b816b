-- Tells the change of state of each finding; to be run before the findings are updated.
-- Parameters: $1 run.
INSERT INTO finding_event (fingerprint, run_id, event)
SELECT staged.fingerprint, $1::bigint,
    CASE
        WHEN staged.target_state = 'resolved' THEN 'resolved'
        WHEN finding.state = 'resolved' THEN 'found_again'
        ELSE 'found'
    END
FROM staging_finding AS staged
LEFT JOIN finding ON finding.fingerprint = staged.fingerprint
WHERE NOT staged.is_known
    OR (staged.target_state = 'resolved') <> (finding.state = 'resolved')
ORDER BY staged.fingerprint
