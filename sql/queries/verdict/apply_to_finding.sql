-- Applies a verdict to the finding that it is about.
-- Parameters: $1 fingerprint, $2 whether it is accepted.
UPDATE finding
SET is_accepted = $2,
    state = CASE WHEN state = 'resolved' THEN state WHEN $2 THEN 'accepted' ELSE 'open' END
WHERE fingerprint = $1::uuid
