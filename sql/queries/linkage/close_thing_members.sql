-- Ends the membership of records that left their thing.
-- Parameters: $1 entity, $2 run.
UPDATE thing_member SET valid_to = $2
WHERE entity = $1 AND valid_to IS NULL
    AND NOT EXISTS (
        SELECT FROM staging_thing_member AS staged
        WHERE staged.side = thing_member.side AND staged.record_id = thing_member.record_id
            AND staged.thing_id = thing_member.thing_id)
