-- 0010: recognise files of the journal, add up its hours, and keep the state of alerts.
--
-- Locks: journal_file for a moment; it is small. Everything else is new.
SET LOCAL lock_timeout = '3s';

-- Two files of one name may begin alike for a while, as when one is copied anew.
ALTER TABLE journal_file DROP CONSTRAINT journal_file_source_id_name_head_hash_key;
ALTER TABLE journal_file
    ADD COLUMN tail_hash bytea NOT NULL DEFAULT '\x00000000000000000000000000000000'
        CHECK (octet_length(tail_hash) = 16),
    ADD COLUMN refused_by_reason jsonb NOT NULL DEFAULT '{}';
CREATE INDEX journal_file_by_source ON journal_file (source_id);
COMMENT ON COLUMN journal_file.head_hash IS 'Of the first kilobyte of what was read.';
COMMENT ON COLUMN journal_file.tail_hash IS
    'Of the last kilobyte of what was read: where it no longer stands, another file took the name.';
COMMENT ON COLUMN journal_file.refused_by_reason IS
    'How many lines were left out, by reason: unreadable, too_long, no_time, from_future.';

CREATE UNLOGGED TABLE staging_journal_hour (
    hour             timestamptz NOT NULL,
    operation        text NOT NULL,
    object_kind      text NOT NULL,
    source_system    text NOT NULL,
    target_system    text NOT NULL,
    error_type       text NOT NULL,
    entry_count      bigint NOT NULL,
    timed_count      bigint NOT NULL,
    duration_ms_sum  bigint NOT NULL,
    duration_buckets bigint[] NOT NULL
);
COMMENT ON TABLE staging_journal_hour IS
    'Hours on their way into journal_hour. Filled and emptied by one transaction, so that nobody '
    'sees another''s rows.';

CREATE TABLE alert_state (
    rule         text NOT NULL CHECK (rule <> ''),
    alert_key    text NOT NULL,
    phase        text NOT NULL CHECK (phase IN ('ok', 'pending', 'firing', 'resolved')),
    labels       jsonb NOT NULL,
    state        jsonb NOT NULL,
    evaluated_at timestamptz NOT NULL,
    PRIMARY KEY (rule, alert_key)
);
COMMENT ON TABLE alert_state IS
    'How an alert stands. Grain: one row per rule and group of labels, from the first breach on.';
COMMENT ON COLUMN alert_state.alert_key IS 'The labels as one text: entity=order,kind=missing.';
COMMENT ON COLUMN alert_state.state IS
    'What the engine remembers: the last periods, since when, what was told and when next.';

CREATE TABLE alert_event (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule      text NOT NULL,
    alert_key text NOT NULL,
    event     text NOT NULL CHECK (event IN ('pending', 'fired', 'calmed', 'resolved', 'told',
                                             'held_back', 'inhibited', 'acknowledged')),
    at        timestamptz NOT NULL,
    details   jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE alert_event IS
    'The life of alerts. Grain: one row per change, never changed.';
COMMENT ON COLUMN alert_event.details IS 'Numbers of the moment: value, expected, period.';
CREATE INDEX alert_event_by_alert ON alert_event (rule, alert_key, id);
CREATE TRIGGER alert_event_append_only BEFORE UPDATE OR DELETE ON alert_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE alert_silence (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule             text NOT NULL,
    labels           jsonb NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    expires_at       timestamptz NOT NULL CHECK (expires_at > created_at),
    personal_person  text NOT NULL,
    personal_comment text NOT NULL DEFAULT ''
);
COMMENT ON TABLE alert_silence IS
    'Alerts of which nothing is told for a time. Grain: one row per decision; it ends by itself.';
COMMENT ON COLUMN alert_silence.rule IS 'The rule; * for all.';
COMMENT ON COLUMN alert_silence.labels IS 'Labels that the alert must have; none for every alert.';
COMMENT ON COLUMN alert_silence.personal_person IS 'Personal data: who decided.';
COMMENT ON COLUMN alert_silence.personal_comment IS 'Personal data: why, in their words.';

CREATE TABLE alert_message (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    written_at  timestamptz NOT NULL,
    alert_count integer NOT NULL CHECK (alert_count > 0)
);
COMMENT ON TABLE alert_message IS
    'Messages about alerts, by which the promise of few is kept. Grain: one row per message, to '
    'however many people it went.';
CREATE INDEX alert_message_time ON alert_message (written_at);

-- Alerts compare the same hour of many weeks.
CREATE INDEX journal_hour_time ON journal_hour (hour);
