-- After what the exchange did findings arose: its last operation with the same object between the
-- comparison before and the night that found them.
-- Parameters: period_start, period_end, time_zone, top.
-- Grain: one row per operation and pair of systems, the first so many; under an empty operation what
-- arose without the exchange. No row where the journal of the period is empty. Order: how many,
-- descending. failed: found after an operation that failed; clock_hour: in which hour of the day most of
-- the operations were. What the very first comparison of an entity found is left out, and what arose
-- before there was a journal, which cannot say that the exchange did nothing.
-- Plan: index finding_opened; one pass over the period's entries, hashed against the findings, because
-- an index of entries by object would cost more than it saves once a month.
WITH compared AS (
    SELECT comparison.run_id, comparison.entity, run.as_of,
        lag(run.as_of) OVER (PARTITION BY comparison.entity ORDER BY run.id) AS as_of_before
    FROM comparison JOIN run ON run.id = comparison.run_id
    WHERE run.as_of < :period_end::timestamptz
), born AS MATERIALIZED (
    SELECT finding.fingerprint, finding.entity, left_ids || right_ids AS object_ids, as_of,
        as_of_before
    FROM compared
    JOIN finding
        ON finding.opened_run_id = compared.run_id AND finding.entity = compared.entity
    WHERE as_of >= :period_start::timestamptz
        AND as_of_before >= (SELECT min(hour) FROM journal_hour)
), entry AS (
    SELECT object_kind, object_id, operation, source_system, target_system, is_error, occurred_at
    FROM journal_entry
    WHERE occurred_at >= (SELECT min(as_of_before) FROM born)
        AND occurred_at < (SELECT max(as_of) FROM born)
), last_entry AS (
    SELECT DISTINCT ON (fingerprint) fingerprint, operation, source_system, target_system,
        is_error, occurred_at
    FROM (
        SELECT fingerprint, entity, unnest(object_ids) AS object_id, as_of, as_of_before
        FROM born) AS concerned
    JOIN entry
        ON entry.object_kind = concerned.entity AND entry.object_id = concerned.object_id
        AND occurred_at >= as_of_before AND occurred_at < as_of
    ORDER BY fingerprint, occurred_at DESC, is_error DESC, operation, source_system, target_system
)
SELECT coalesce(operation, '') AS operation, coalesce(source_system, '') AS source_system,
    coalesce(target_system, '') AS target_system, count(*) AS found,
    count(*) FILTER (WHERE is_error) AS failed,
    round(count(*) / sum(count(*)) OVER (), 4) AS share,
    (mode() WITHIN GROUP (ORDER BY extract(hour FROM occurred_at AT TIME ZONE :time_zone)))::bigint
        AS clock_hour
FROM born LEFT JOIN last_entry USING (fingerprint)
WHERE EXISTS (
    SELECT FROM journal_hour
    WHERE hour >= :period_start::timestamptz AND hour < :period_end::timestamptz)
GROUP BY 1, 2, 3
ORDER BY found DESC, 1, 2, 3
LIMIT :top::integer
