-- Empties the staged things.
DELETE FROM staging_thing_member
