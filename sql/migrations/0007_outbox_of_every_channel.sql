-- 0007: the outbox serves every channel: recipients share a content, each try is recorded, the death
-- of a sender is seen at once, and a message may wait for the end of quiet hours.
--
-- Locks: outbox, for the time of moving its contents.
SET LOCAL lock_timeout = '3s';

CREATE TABLE outbox_content (
    hash             bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    personal_content bytea NOT NULL
);
COMMENT ON TABLE outbox_content IS
    'What messages say. Grain: one row per content; the recipients of one mail share it, so that a '
    'workbook for ten people is stored once.';
COMMENT ON COLUMN outbox_content.hash IS 'SHA-256 of the content.';
COMMENT ON COLUMN outbox_content.personal_content IS
    'Personal data: the composed message; deleted once retention has purged every message of it.';

ALTER TABLE outbox ADD COLUMN content_hash bytea REFERENCES outbox_content;
INSERT INTO outbox_content (hash, personal_content)
SELECT DISTINCT ON (sha256(personal_content)) sha256(personal_content), personal_content
FROM outbox WHERE personal_content IS NOT NULL;
UPDATE outbox SET content_hash = sha256(personal_content) WHERE personal_content IS NOT NULL;
ALTER TABLE outbox DROP COLUMN personal_content;
COMMENT ON COLUMN outbox.content_hash IS 'NULL once retention has purged the content.';
CREATE INDEX outbox_by_content ON outbox (content_hash);

ALTER TABLE outbox
    ADD COLUMN topic text NOT NULL DEFAULT '',
    ADD COLUMN due_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    ADD COLUMN sender_id bigint;
UPDATE outbox SET due_at = enqueued_at;
COMMENT ON COLUMN outbox.topic IS 'What it is about, for example nightly-audit.';
COMMENT ON COLUMN outbox.due_at IS
    'When it was to be sent first: at once, at the end of quiet hours, or when a person wanted it tried '
    'again. Tries end some days after it.';
COMMENT ON COLUMN outbox.attempts IS
    'How often it was claimed. Only the claim with this number may say what became of it.';
COMMENT ON COLUMN outbox.failures IS 'How often sending failed since due_at.';
COMMENT ON COLUMN outbox.sender_id IS
    'Who claimed it. A sender holds the advisory lock of its number as long as it lives, so that a '
    'claim whose sender died is free at once.';

CREATE SEQUENCE outbox_sender AS integer CYCLE;

ALTER TABLE outbox DROP CONSTRAINT outbox_state_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_state_check
    CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'dropped'));
DROP INDEX outbox_unsent;
CREATE INDEX outbox_unsent ON outbox (channel, next_attempt_at)
    WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_given_up ON outbox (id) WHERE state = 'failed';

CREATE TABLE outbox_attempt (
    outbox_id bigint NOT NULL REFERENCES outbox,
    attempt   integer NOT NULL CHECK (attempt >= 0),
    at        timestamptz NOT NULL DEFAULT now(),
    outcome   text NOT NULL CHECK (outcome IN ('sent', 'failed', 'given_up', 'retried', 'dropped')),
    code      integer,
    detail    text NOT NULL DEFAULT ''
);
COMMENT ON TABLE outbox_attempt IS
    'What became of each try to send a message, and what people decided about it. Grain: one row per '
    'try or decision, never changed.';
COMMENT ON COLUMN outbox_attempt.code IS 'The answer of the other side: 451 of SMTP, 503 of HTTP.';
COMMENT ON COLUMN outbox_attempt.detail IS
    'The words of the other side or of the connection, without addresses and telephone numbers.';
CREATE INDEX outbox_attempt_by_message ON outbox_attempt (outbox_id, at);
CREATE TRIGGER outbox_attempt_append_only BEFORE UPDATE OR DELETE ON outbox_attempt
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
