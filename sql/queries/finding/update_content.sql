-- Renews what known findings say, where it changed.
UPDATE finding
SET severity = staged.severity, side = staged.side, reason = staged.reason,
    evidence = staged.evidence, personal_title = staged.personal_title,
    personal_left_value = staged.personal_left_value,
    personal_right_value = staged.personal_right_value, at_stake_minor = staged.at_stake_minor,
    at_stake_currency = staged.at_stake_currency
FROM staging_finding AS staged
WHERE staged.is_known AND staged.is_found AND finding.fingerprint = staged.fingerprint
    AND (finding.severity, finding.side, finding.reason, finding.evidence, finding.personal_title,
        finding.personal_left_value, finding.personal_right_value, finding.at_stake_minor,
        finding.at_stake_currency)
    IS DISTINCT FROM (staged.severity, staged.side, staged.reason, staged.evidence,
        staged.personal_title, staged.personal_left_value, staged.personal_right_value,
        staged.at_stake_minor, staged.at_stake_currency)
