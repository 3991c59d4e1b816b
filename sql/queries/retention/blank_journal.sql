-- Takes the messages out of operations of the journal that are long past.
-- Parameters: $1 age in seconds.
UPDATE journal_entry SET personal_details = NULL
WHERE occurred_at < now() - make_interval(secs => $1::double precision)
    AND personal_details IS NOT NULL
