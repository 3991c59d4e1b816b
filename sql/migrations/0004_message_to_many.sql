-- 0004: one message goes to several recipients, each with a row and an outcome of its own.
--
-- Locks: outbox, for the time of building an index over it.
SET LOCAL lock_timeout = '3s';

ALTER TABLE outbox DROP CONSTRAINT outbox_message_id_key;
ALTER TABLE outbox ADD UNIQUE (message_id, personal_recipient);
COMMENT ON COLUMN outbox.message_id IS
    'Chosen once: a message that is sent again after a crash can be recognised by the receiver. '
    'The recipients of one message share it.';
