-- 0003: what is to be delivered, in the same transaction as what caused it.
--
-- Locks: new tables only.
SET LOCAL lock_timeout = '3s';

CREATE TABLE outbox (
    id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    idempotency_key    text NOT NULL UNIQUE CHECK (idempotency_key <> ''),
    run_id             bigint REFERENCES run,
    channel            text NOT NULL CHECK (channel <> ''),
    personal_recipient text NOT NULL CHECK (personal_recipient <> ''),
    message_id         text NOT NULL UNIQUE CHECK (message_id <> ''),
    personal_content   bytea,
    state              text NOT NULL DEFAULT 'pending'
                       CHECK (state IN ('pending', 'sending', 'sent', 'failed')),
    attempts           integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    enqueued_at        timestamptz NOT NULL DEFAULT now(),
    next_attempt_at    timestamptz NOT NULL DEFAULT now(),
    claimed_at         timestamptz,
    sent_at            timestamptz,
    error              text,
    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK (state <> 'sending' OR claimed_at IS NOT NULL)
);
COMMENT ON TABLE outbox IS
    'One message to one recipient. Grain: one row per idempotency key, which names the report, the '
    'run, the channel and the recipient, so that repeating the cause delivers nothing twice.';
COMMENT ON COLUMN outbox.message_id IS
    'Chosen once: a message that is sent again after a crash can be recognised by the receiver.';
COMMENT ON COLUMN outbox.personal_recipient IS 'Personal data: where it goes.';
COMMENT ON COLUMN outbox.personal_content IS
    'Personal data: the composed message; NULL once retention has purged it.';
COMMENT ON COLUMN outbox.error IS 'Of the last attempt, without personal data.';
CREATE INDEX outbox_unsent ON outbox (next_attempt_at) WHERE state IN ('pending', 'sending');
