-- 0012: the promise of few messages about alerts is kept for each person.
--
-- Locks: alert_message for a moment; it is small.
SET LOCAL lock_timeout = '3s';

ALTER TABLE alert_message ADD COLUMN person text NOT NULL DEFAULT '';
COMMENT ON TABLE alert_message IS
    'Messages about alerts, by which the promise of few is kept. Grain: one row per message and '
    'person, which is a recipient of a channel.';
COMMENT ON COLUMN alert_message.person IS
    'A hash of channel and recipient; empty in rows from before it was told, which count for everybody.';
