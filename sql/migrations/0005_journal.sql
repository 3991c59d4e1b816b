-- 0005: the journal that the integration between the two systems keeps.
--
-- Locks: new tables only. Entries arrive by the million and are read by time: no foreign keys, an
-- index of blocks instead of rows, and counts by the hour from which reports and alerts are made.
SET LOCAL lock_timeout = '3s';

CREATE TABLE journal_file (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source_id  smallint NOT NULL REFERENCES source,
    name       text NOT NULL CHECK (name <> ''),
    -- A file that grows is read on from here; one that shrank or begins otherwise is another file.
    read_bytes bigint NOT NULL CHECK (read_bytes >= 0),
    head_hash  bytea NOT NULL CHECK (octet_length(head_hash) = 16),
    read_lines bigint NOT NULL CHECK (read_lines >= 0),
    refused_lines bigint NOT NULL DEFAULT 0 CHECK (refused_lines >= 0),
    read_at    timestamptz NOT NULL DEFAULT now(),
    UNIQUE (source_id, name, head_hash)
);
COMMENT ON TABLE journal_file IS
    'How far a file of the journal has been read. Grain: one row per file and beginning.';

CREATE TABLE journal_entry (
    source_id        smallint NOT NULL,
    file_id          bigint,
    occurred_at      timestamptz NOT NULL,
    operation        text NOT NULL,
    object_kind      text NOT NULL,
    source_system    text NOT NULL,
    target_system    text NOT NULL,
    object_id        text NOT NULL,
    is_error         boolean NOT NULL,
    duration_ms      integer CHECK (duration_ms >= 0),
    error_code       text,
    error_type       text,
    error_shape      text,
    personal_details text
);
COMMENT ON TABLE journal_entry IS
    'One operation of the integration. Grain: one row per line of the journal. Texts that a line '
    'leaves out are empty.';
COMMENT ON COLUMN journal_entry.file_id IS 'NULL when it came from a list of a system.';
COMMENT ON COLUMN journal_entry.error_type IS
    'What the rules of classification make of it, for example connection.timeout; NULL where there '
    'is no error, unknown where no rule fits.';
COMMENT ON COLUMN journal_entry.error_shape IS
    'The message with numbers, ids and names taken out, by which unknown errors are grouped.';
COMMENT ON COLUMN journal_entry.personal_details IS
    'Personal data: the message as it came; NULL once retention has purged it.';
CREATE INDEX journal_entry_time ON journal_entry USING brin (occurred_at);
CREATE INDEX journal_entry_errors ON journal_entry (occurred_at) WHERE is_error;

CREATE TABLE journal_hour (
    source_id        smallint NOT NULL,
    hour             timestamptz NOT NULL CHECK (extract(epoch FROM hour) % 3600 = 0),
    operation        text NOT NULL,
    object_kind      text NOT NULL,
    source_system    text NOT NULL,
    target_system    text NOT NULL,
    error_type       text NOT NULL,
    entry_count      bigint NOT NULL CHECK (entry_count > 0),
    timed_count      bigint NOT NULL CHECK (timed_count >= 0),
    duration_ms_sum  bigint NOT NULL CHECK (duration_ms_sum >= 0),
    duration_buckets bigint[] NOT NULL,
    PRIMARY KEY (source_id, hour, operation, object_kind, source_system, target_system, error_type)
);
COMMENT ON TABLE journal_hour IS
    'Operations counted by the hour. Grain: one row per source, hour, operation, kind of object, '
    'systems and type of error; written with the entries, in one transaction.';
COMMENT ON COLUMN journal_hour.error_type IS 'Empty for operations that succeeded.';
COMMENT ON COLUMN journal_hour.duration_buckets IS
    'How many took how long: element i counts durations from 2^((i-1)/4) to 2^(i/4) milliseconds, '
    'so that percentiles come out to within a fifth without reading the entries.';
