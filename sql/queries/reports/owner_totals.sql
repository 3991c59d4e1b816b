-- How many findings each owner has, how many are new, how many were resolved in the period.
-- Parameters: :period_start, :period_end, :currency.
-- Grain: one row per owner. Order: findings that stand, descending, then owner.
-- All is told as of the period's end: what a later night found or no longer found belongs to the next
-- period. Accepted findings do not stand. at_stake is in minor units of the currency asked for;
-- other_currencies: findings that stand with money of another one at stake, NULL for none.
WITH told AS (
    SELECT finding.fingerprint, finding.severity, finding.is_accepted, finding.at_stake_minor,
        finding.at_stake_currency, first_run.as_of AS first_seen_at, opened.as_of AS opened_at,
        resolved.as_of IS NULL OR resolved.as_of >= :period_end::timestamptz AS stands
    FROM finding
    JOIN run AS first_run ON first_run.id = finding.first_run_id
    JOIN run AS opened ON opened.id = finding.opened_run_id
    LEFT JOIN run AS resolved ON resolved.id = finding.resolved_run_id
    WHERE opened.as_of < :period_end::timestamptz
        AND (resolved.as_of IS NULL OR resolved.as_of >= :period_start::timestamptz)
)
SELECT coalesce(lower(owner.personal_email), owner.personal_name) AS owner_key,
    max(owner.personal_name) AS owner, max(owner.personal_email) AS owner_email,
    count(*) AS listed, count(*) FILTER (WHERE stands) AS standing,
    count(*) FILTER (WHERE stands AND opened_at >= :period_start::timestamptz) AS opened,
    count(*) FILTER (WHERE NOT stands) AS resolved,
    count(*) FILTER (WHERE stands AND severity = 'error') AS errors,
    (sum(at_stake_minor) FILTER (WHERE stands AND at_stake_currency = :currency::text))::bigint
        AS at_stake,
    :currency::text AS currency,
    nullif(count(*) FILTER (WHERE stands AND at_stake_currency <> :currency::text), 0)
        AS other_currencies,
    max(greatest(0, extract(day FROM :period_end::timestamptz - first_seen_at))::bigint)
        FILTER (WHERE stands) AS oldest_days
FROM told
JOIN finding_owner AS owner USING (fingerprint)
WHERE NOT (stands AND is_accepted)
GROUP BY 1
ORDER BY standing DESC, owner_key
