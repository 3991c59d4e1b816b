-- 0006: the models by which records were linked, and numbers for things that stay.
--
-- Locks: linkage for a moment, to add an empty column.
SET LOCAL lock_timeout = '3s';

CREATE TABLE linkage_model (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entity text   NOT NULL CHECK (entity <> ''),
    run_id bigint NOT NULL REFERENCES run,
    key    text   NOT NULL,
    model  jsonb  NOT NULL
);
COMMENT ON TABLE linkage_model IS
    'What was learnt of the records of an entity. Grain: one row per model; the last one of an entity '
    'is used until its key changes or the number of records is another.';
COMMENT ON COLUMN linkage_model.run_id IS 'The run that learnt it.';
COMMENT ON COLUMN linkage_model.key IS
    'Of the definition and the engine: under another key it does not fit.';
COMMENT ON COLUMN linkage_model.model IS
    'The text that sverka link --save-model writes: weights, and the fingerprint of the records.';
CREATE INDEX linkage_model_latest ON linkage_model (entity, id);

ALTER TABLE linkage ADD COLUMN model_id bigint REFERENCES linkage_model;
COMMENT ON COLUMN linkage.model_id IS 'NULL for runs before models were kept.';

CREATE SEQUENCE thing_number;
CREATE TABLE thing_member (
    entity     text   NOT NULL CHECK (entity <> ''),
    side       text   NOT NULL CHECK (side IN ('left', 'right')),
    record_id  text   COLLATE "C" NOT NULL,
    thing_id   bigint NOT NULL,
    valid_from bigint NOT NULL,
    valid_to   bigint CHECK (valid_to >= valid_from)
);
COMMENT ON TABLE thing_member IS
    'Which records of both sides are one thing, under a number that stays from one run to another. '
    'Grain: one row per record and thing that it belonged to; records alone have none.';
COMMENT ON COLUMN thing_member.valid_from IS 'The first run in which it belonged there.';
COMMENT ON COLUMN thing_member.valid_to IS 'The first run in which it did not; NULL while it does.';
CREATE UNIQUE INDEX thing_member_current
    ON thing_member (entity, side, record_id) WHERE valid_to IS NULL;
CREATE INDEX thing_member_latest ON thing_member (entity, side, record_id, valid_from);

CREATE UNLOGGED TABLE staging_thing_member (
    number    bigint NOT NULL,
    side      text   NOT NULL,
    record_id text   COLLATE "C" NOT NULL,
    thing_id  bigint
);
