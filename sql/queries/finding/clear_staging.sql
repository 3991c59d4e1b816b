-- Empties the staged findings.
DELETE FROM staging_finding
