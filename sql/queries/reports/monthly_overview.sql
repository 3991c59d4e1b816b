-- The period in one row: quality, findings, money, times, the integration.
-- Parameters: period_start, period_end, currency.
-- Grain: one row. Money is in minor units of the currency asked for.
-- Quality = 1 − (2 × errors + warnings) ÷ (2 × records), over all entities; records are those of the
-- larger side, findings those that stand at the end and are not accepted. See docs/reports.
-- Plan: comparison_count by run; some hundred rows for each night. No finding is read.
WITH compared AS (
    SELECT comparison.run_id, comparison.entity, run.as_of,
        greatest(left_snapshot.record_count, right_snapshot.record_count) AS record_count
    FROM comparison
    JOIN run ON run.id = comparison.run_id
    JOIN snapshot AS left_snapshot ON left_snapshot.id = comparison.left_snapshot_id
    JOIN snapshot AS right_snapshot ON right_snapshot.id = comparison.right_snapshot_id
    WHERE run.as_of >= :period_start::timestamptz AND run.as_of < :period_end::timestamptz
), latest AS (
    SELECT DISTINCT ON (entity) run_id, entity, record_count
    FROM compared ORDER BY entity, run_id DESC
), standing AS (
    SELECT
        sum(finding_count) FILTER (WHERE state <> 'accepted' AND severity = 'error') AS errors,
        sum(finding_count) FILTER (WHERE state <> 'accepted' AND severity = 'warning') AS warnings,
        sum(finding_count) FILTER (WHERE state <> 'accepted') AS findings,
        sum(finding_count) FILTER (WHERE state = 'accepted') AS accepted,
        sum(at_stake_minor) FILTER (
            WHERE state <> 'accepted' AND at_stake_currency = :currency) AS at_risk_minor
    FROM latest JOIN comparison_count USING (run_id, entity)
    WHERE state <> 'resolved'
), flow AS (
    SELECT sum(finding_count) FILTER (WHERE state = 'new') AS opened,
        sum(finding_count) FILTER (WHERE state = 'reopened') AS reopened,
        sum(finding_count) FILTER (WHERE state = 'resolved') AS resolved,
        sum(at_stake_minor) FILTER (
            WHERE state = 'resolved' AND at_stake_currency = :currency) AS cleared_minor
    FROM compared JOIN comparison_count USING (run_id, entity)
), covered AS (
    SELECT count(DISTINCT run_id) AS nights, max(as_of) AS last_night FROM compared
), records AS (
    SELECT sum(record_count) AS records FROM latest
), cluster AS (
    SELECT count(*) AS duplicate_groups,
        coalesce(sum(cardinality(member_ids) - 1), 0) AS surplus_records
    FROM cluster_version JOIN latest ON latest.entity = cluster_version.entity
    WHERE valid_from <= latest.run_id AND (valid_to IS NULL OR valid_to > latest.run_id)
), journal AS (
    SELECT sum(entry_count) AS operations,
        sum(entry_count) FILTER (WHERE error_type <> '') AS failed
    FROM journal_hour
    WHERE hour >= :period_start::timestamptz AND hour < :period_end::timestamptz
)
SELECT nights, last_night, coalesce(records, 0)::bigint AS records,
    CASE WHEN records > 0 THEN round(greatest(0, 1 - (2 * coalesce(errors, 0)
        + coalesce(warnings, 0)) / (2.0 * records)), 4) END AS quality,
    CASE WHEN coalesce(records, 0) = 0 THEN 'no_nights' END AS thin_quality,
    coalesce(findings, 0)::bigint AS standing,
    coalesce(errors, 0)::bigint AS errors,
    coalesce(warnings, 0)::bigint AS warnings,
    coalesce(accepted, 0)::bigint AS accepted,
    coalesce(opened, 0)::bigint AS opened,
    coalesce(reopened, 0)::bigint AS reopened,
    coalesce(resolved, 0)::bigint AS resolved,
    coalesce(at_risk_minor, 0)::bigint AS at_risk_minor,
    coalesce(cleared_minor, 0)::bigint AS cleared_minor,
    :currency::text AS currency, duplicate_groups, surplus_records::bigint,
    -- Of a period without a night nothing is known, which is not the same as none.
    CASE WHEN nights = 0 THEN 'no_nights' END AS thin_standing,
    CASE WHEN nights = 0 THEN 'no_nights' END AS thin_errors,
    CASE WHEN nights = 0 THEN 'no_nights' END AS thin_warnings,
    CASE WHEN nights = 0 THEN 'no_nights' END AS thin_accepted,
    CASE WHEN nights = 0 THEN 'no_nights' END AS thin_opened,
    CASE WHEN nights = 0 THEN 'no_nights' END AS thin_reopened,
    CASE WHEN nights = 0 THEN 'no_nights' END AS thin_resolved,
    CASE WHEN nights = 0 THEN 'no_nights' END AS thin_at_risk_minor,
    CASE WHEN nights = 0 THEN 'no_nights' END AS thin_cleared_minor,
    CASE WHEN nights = 0 THEN 'no_nights' END AS thin_duplicate_groups,
    -- The same numbers for control totals, which compare numbers.
    coalesce(findings, 0)::bigint AS counted_standing,
    coalesce(resolved, 0)::bigint AS counted_resolved,
    coalesce(at_risk_minor, 0)::bigint AS counted_at_risk,
    duplicate_groups AS counted_duplicates,
    coalesce(operations, 0)::bigint AS operations, coalesce(failed, 0)::bigint AS failed,
    CASE WHEN operations > 0 THEN round(coalesce(failed, 0) / operations, 4) END AS failed_share,
    CASE WHEN coalesce(operations, 0) = 0 THEN 'no_journal' END AS thin_failed_share
FROM covered, records, standing, flow, cluster, journal
