-- Numbers the things that are new, in their order.
UPDATE staging_thing_member AS staged SET thing_id = fresh.thing_id
FROM (
    SELECT number, nextval('thing_number') AS thing_id
    FROM (
        SELECT DISTINCT number FROM staging_thing_member WHERE thing_id IS NULL ORDER BY number
    ) AS unnumbered
) AS fresh
WHERE fresh.number = staged.number
