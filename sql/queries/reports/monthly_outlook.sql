-- What follows if it goes on as in the period.
-- Parameters: period_start, period_end.
-- Grain: one row. nights_to_clear: at the pace of the period, until nothing stands; change_ahead: what
-- a further period of as many nights adds to what stands.
-- Fewer than fourteen nights say nothing about a pace; an entity's first night finds what was there
-- before, which is none.
WITH compared AS (
    SELECT comparison.run_id, comparison.entity, run.as_of
    FROM comparison JOIN run ON run.id = comparison.run_id
    WHERE run.as_of >= :period_start::timestamptz AND run.as_of < :period_end::timestamptz
), first_night AS (
    SELECT entity, min(run_id) AS run_id FROM comparison GROUP BY entity
), flow AS (
    SELECT count(DISTINCT compared.run_id) AS nights,
        coalesce(sum(finding_count) FILTER (WHERE state IN ('new', 'reopened')), 0) AS found,
        coalesce(sum(finding_count) FILTER (WHERE state = 'resolved'), 0) AS resolved
    FROM compared
    JOIN first_night
        ON first_night.entity = compared.entity AND first_night.run_id < compared.run_id
    LEFT JOIN comparison_count
        ON comparison_count.run_id = compared.run_id AND comparison_count.entity = compared.entity
), standing AS (
    SELECT coalesce(sum(finding_count), 0) AS standing
    FROM (SELECT entity, max(run_id) AS run_id FROM compared GROUP BY entity) AS latest
    JOIN comparison_count USING (run_id, entity)
    WHERE state NOT IN ('resolved', 'accepted')
)
SELECT nights, found::bigint, resolved::bigint, standing::bigint,
    (found - resolved)::bigint AS change_ahead,
    CASE WHEN nights < 14 THEN 'few_nights' END AS thin_change_ahead,
    CASE WHEN resolved > found THEN ceil(1.0 * standing * nights / (resolved - found))::bigint END
        AS nights_to_clear,
    CASE WHEN nights < 14 THEN 'few_nights' WHEN resolved <= found THEN 'not_shrinking' END
        AS thin_nights_to_clear,
    CASE WHEN nights < 14 THEN 'unknown' WHEN resolved > found THEN 'shrinks'
        WHEN resolved < found THEN 'grows' ELSE 'stays' END AS direction
FROM flow, standing
