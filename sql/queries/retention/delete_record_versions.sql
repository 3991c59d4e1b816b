-- Deletes versions that ended long ago.
-- Parameters: $1 seconds.
DELETE FROM record_version USING snapshot
WHERE record_version.valid_to = snapshot.id
    AND snapshot.taken_at < now() - make_interval(secs => $1::double precision)
