-- 0009: what the monthly reports need to find their rows by run, and percentiles of durations.
--
-- Locks: writes to finding wait while its two indexes are built, some seconds for a million findings;
-- run it between nights.
SET LOCAL lock_timeout = '3s';

-- Findings that came, or came again, with a run: causes, fields and owners of a period.
CREATE INDEX finding_opened ON finding (opened_run_id);
-- Findings that went with a run, with all that the time to resolve is told from.
CREATE INDEX finding_resolved ON finding (resolved_run_id, opened_run_id, entity)
    WHERE resolved_run_id IS NOT NULL;

CREATE FUNCTION journal_percentile(buckets numeric[], share numeric) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    -- Inside a bucket durations are taken to be spread evenly on the scale of its bounds.
    SELECT round(power(2, (place - 1 + (share * total - (reached - number)) / number) / 4))::bigint
    FROM (
        SELECT place, number, sum(number) OVER (ORDER BY place) AS reached,
            sum(number) OVER () AS total
        FROM unnest(buckets) WITH ORDINALITY AS bucket (number, place)
    ) AS counted
    WHERE number > 0 AND reached >= share * total
    ORDER BY place
    LIMIT 1
$$;
COMMENT ON FUNCTION journal_percentile IS
    'The duration, in milliseconds, below which a share of the operations stays, from the buckets of '
    'journal_hour; NULL where none was timed. Right to within a fifth.';
