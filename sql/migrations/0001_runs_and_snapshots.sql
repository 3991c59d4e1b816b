-- 0001: runs, snapshots and the versions of records.
--
-- Locks: new tables only. Columns that hold personal data are named personal_* and say so in a
-- comment; no other column may hold any. Tables that are filled by the hundred thousand carry no
-- foreign keys: one transaction writes them together with what they refer to, and nothing deletes
-- a run or a snapshot.
SET LOCAL lock_timeout = '3s';

CREATE TABLE source (
    id   smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE CHECK (name <> '')
);
COMMENT ON TABLE source IS 'One system that is read. Grain: one row per name in the configuration.';

CREATE TABLE run (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job           text NOT NULL CHECK (job <> ''),
    state         text NOT NULL DEFAULT 'running'
                  CHECK (state IN ('running', 'succeeded', 'incomplete', 'failed', 'abandoned')),
    as_of         timestamptz NOT NULL DEFAULT now(),
    started_at    timestamptz NOT NULL DEFAULT now(),
    resumed_at    timestamptz,
    finished_at   timestamptz,
    parameters    jsonb NOT NULL DEFAULT '{}',
    engine        text NOT NULL DEFAULT '',
    model_version text,
    holder        text NOT NULL DEFAULT '',
    error         text,
    CHECK ((state = 'running') = (finished_at IS NULL))
);
COMMENT ON TABLE run IS 'One execution of a job. Grain: one row per start; resuming keeps the row.';
COMMENT ON COLUMN run.state IS
    'incomplete: done, but a source could not be read whole; abandoned: died and was not resumed.';
COMMENT ON COLUMN run.holder IS 'Host and process that run it, for the person who waits for it.';
COMMENT ON COLUMN run.error IS 'A message without personal data.';

CREATE TABLE run_stage (
    run_id      bigint NOT NULL REFERENCES run,
    name        text   NOT NULL CHECK (name <> ''),
    state       text   NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
    attempts    integer NOT NULL DEFAULT 1 CHECK (attempts > 0),
    started_at  timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    counts      jsonb NOT NULL DEFAULT '{}',
    error       text,
    PRIMARY KEY (run_id, name),
    CHECK ((state = 'running') = (finished_at IS NULL))
);
COMMENT ON TABLE run_stage IS
    'One stage of a run. Grain: one row per run and stage; a stage that is repeated keeps its row.';

CREATE TABLE job_lock (
    job      text PRIMARY KEY,
    run_id   bigint REFERENCES run,
    holder   text NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE job_lock IS
    'Who took a job''s advisory lock last. Grain: one row per job. It only names the holder; whether '
    'the lock is held is known to pg_locks alone.';

CREATE TABLE record_set (
    id                         smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source_id                  smallint NOT NULL REFERENCES source,
    entity                     text NOT NULL CHECK (entity <> ''),
    last_snapshot_id           bigint,
    last_certified_snapshot_id bigint,
    UNIQUE (source_id, entity)
);
COMMENT ON TABLE record_set IS
    'All records of one entity in one source. Grain: one row per source and entity. Its row lock '
    'lets one snapshot at a time be committed.';

CREATE TABLE snapshot (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record_set_id    smallint NOT NULL REFERENCES record_set,
    run_id           bigint   NOT NULL REFERENCES run,
    taken_at         timestamptz NOT NULL DEFAULT now(),
    is_certified     boolean  NOT NULL,
    certificate      jsonb    NOT NULL,
    record_count     integer  NOT NULL CHECK (record_count >= 0),
    added_count      integer  NOT NULL CHECK (added_count >= 0),
    changed_count    integer  NOT NULL CHECK (changed_count >= 0),
    removed_count    integer  NOT NULL CHECK (removed_count >= 0),
    content_checksum text     NOT NULL CHECK (content_checksum ~ '^[0-9a-f]{32}$'),
    -- A stage that is repeated after its snapshot was committed must not take a second one.
    UNIQUE (run_id, record_set_id),
    CHECK (is_certified OR removed_count = 0)
);
COMMENT ON TABLE snapshot IS 'The records of one entity in one source at one time. Grain: one row '
    'per run, source and entity.';
COMMENT ON COLUMN snapshot.record_count IS
    'Records that stand after it. An uncertified snapshot removes none, so that it may stand for '
    'more records than were delivered.';
COMMENT ON COLUMN snapshot.content_checksum IS
    'Of all records that stand, whatever their order; equal checksums mean equal records.';

CREATE TABLE record_version (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record_set_id    smallint NOT NULL,
    record_id        text COLLATE "C" NOT NULL,
    valid_from       bigint NOT NULL,
    valid_to         bigint CHECK (valid_to > valid_from),
    content_hash     bytea NOT NULL CHECK (octet_length(content_hash) = 16),
    fields           jsonb NOT NULL,
    personal_fields  jsonb NOT NULL,
    personal_payload text NOT NULL,
    reading_notes    jsonb
);
COMMENT ON TABLE record_version IS
    'A record as it stood from one snapshot to another (slowly changing dimension, type 2). Grain: '
    'one row per record and content; a row is written only when the content hash changed.';
COMMENT ON COLUMN record_version.valid_from IS 'The first snapshot with this content.';
COMMENT ON COLUMN record_version.valid_to IS 'The first snapshot without it; NULL while it stands.';
COMMENT ON COLUMN record_version.content_hash IS
    'Of the typed fields and their notes, not of the payload, in which sources count versions.';
COMMENT ON COLUMN record_version.personal_fields IS 'Personal data: fields marked as personal.';
COMMENT ON COLUMN record_version.personal_payload IS
    'Personal data: the object as it came when the version was written.';

-- One version of a record stands at a time; also finds the versions that stand.
CREATE UNIQUE INDEX record_version_current
    ON record_version (record_set_id, record_id) WHERE valid_to IS NULL;

CREATE TABLE snapshot_load (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record_set_id    smallint NOT NULL REFERENCES record_set,
    run_id           bigint NOT NULL REFERENCES run,
    base_snapshot_id bigint,
    started_at       timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE snapshot_load IS
    'A snapshot under way. Grain: one row per load; a row left behind is of a load that died.';

CREATE UNLOGGED TABLE staging_record (
    load_id          bigint NOT NULL,
    record_id        text COLLATE "C" NOT NULL,
    replaces         bigint,
    content_hash     bytea NOT NULL,
    fields           jsonb NOT NULL,
    personal_fields  jsonb NOT NULL,
    personal_payload text NOT NULL,
    reading_notes    jsonb
);
COMMENT ON TABLE staging_record IS
    'New and changed records of loads under way. Unlogged: a server crash empties it, and the load, '
    'which counts its rows, then fails as a whole.';
COMMENT ON COLUMN staging_record.replaces IS 'The version that it follows; NULL for a new record.';
COMMENT ON COLUMN staging_record.personal_fields IS 'Personal data: fields marked as personal.';
COMMENT ON COLUMN staging_record.personal_payload IS 'Personal data: the object as it came.';
