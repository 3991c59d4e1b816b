-- 0006: the models by which records were linked.
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
