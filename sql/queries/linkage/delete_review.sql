-- Takes away the pairs for review of an entity, before those of another run come.
-- Parameters: $1 entity.
DELETE FROM review_pair WHERE entity = $1
