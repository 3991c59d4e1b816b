-- Gives things the numbers that their records had last.
-- Parameters: $1 entity.
-- A number goes to the thing that has most of its records, and only if it is also the number of most
-- of the thing's records: after a split one part keeps it, after a merger the larger one's stays.
WITH claim AS (
    SELECT staged.number, last.thing_id, count(*) AS record_count
    FROM staging_thing_member AS staged
    CROSS JOIN LATERAL (
        SELECT thing_id FROM thing_member AS known
        WHERE known.entity = $1 AND known.side = staged.side
            AND known.record_id = staged.record_id
        ORDER BY valid_from DESC, thing_id LIMIT 1
    ) AS last
    GROUP BY staged.number, last.thing_id
), ranked AS (
    SELECT number, thing_id,
        row_number() OVER (PARTITION BY number ORDER BY record_count DESC, thing_id) AS by_thing,
        row_number() OVER (PARTITION BY thing_id ORDER BY record_count DESC, number) AS by_number
    FROM claim
)
UPDATE staging_thing_member AS staged SET thing_id = ranked.thing_id
FROM ranked
WHERE ranked.number = staged.number AND by_thing = 1 AND by_number = 1
