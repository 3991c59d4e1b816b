-- Empties the staging table of hours.
DELETE FROM staging_journal_hour
