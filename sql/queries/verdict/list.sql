-- Verdicts, the latest first.
-- Parameters: $1 entity (NULL: all), $2 how many. Grain: one row per verdict. Order: number, descending.
SELECT verdict.id, verdict.entity, verdict.decision, verdict.side, verdict.left_id, verdict.right_id,
    finding.number AS finding_number, verdict.decided_at, verdict.personal_person,
    verdict.personal_comment
FROM verdict
LEFT JOIN finding ON finding.fingerprint = verdict.fingerprint
WHERE $1::text IS NULL OR verdict.entity = $1
ORDER BY verdict.id DESC LIMIT $2
