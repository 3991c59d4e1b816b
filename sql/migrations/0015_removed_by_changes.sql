-- 0015: let a snapshot of changes end the records that its source says are gone.
--
-- Locks: snapshot for a moment; nothing is read or written anew.
SET LOCAL lock_timeout = '3s';

-- From silence an uncertified snapshot still concludes nothing; the writer sees to that.
ALTER TABLE snapshot DROP CONSTRAINT snapshot_check;

COMMENT ON COLUMN snapshot.record_count IS
    'Records that stand after it. An uncertified snapshot removes those only of which the source '
    'said that they are gone, so that it may stand for more records than were delivered.';
