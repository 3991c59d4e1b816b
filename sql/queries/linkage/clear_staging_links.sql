-- Empties the staged links.
DELETE FROM staging_link
