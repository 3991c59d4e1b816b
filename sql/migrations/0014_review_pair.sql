-- 0014: keep the pairs that a person should look at, with the links of the night that found them.
--
-- Locks: a new table only.
SET LOCAL lock_timeout = '3s';

CREATE TABLE review_pair (
    entity      text   NOT NULL CHECK (entity <> ''),
    left_id     text   COLLATE "C" NOT NULL,
    right_id    text   COLLATE "C" NOT NULL,
    run_id      bigint NOT NULL REFERENCES run,
    doubt       text   NOT NULL CHECK (doubt IN ('unsure', 'tied', 'just_missed')),
    reason      text   NOT NULL CHECK (reason IN ('verdict', 'explicit_id', 'rule', 'model', 'cluster')),
    detail      text   NOT NULL,
    probability double precision NOT NULL CHECK (probability BETWEEN 0 AND 1),
    weight_bits double precision NOT NULL,
    PRIMARY KEY (entity, left_id, right_id)
);
COMMENT ON TABLE review_pair IS
    'A pair that a person should look at, as the last run that linked the entity found it. Grain: one '
    'row per pair; a run that links replaces all of its entity, one that finds nothing changed keeps '
    'them. Of each doubt at most 5000 pairs, those most worth a look.';
COMMENT ON COLUMN review_pair.run_id IS 'The run that found it so.';
COMMENT ON COLUMN review_pair.doubt IS
    'unsure: a link that is not sure enough to stand unseen. tied: a link that another one would replace '
    'at no loss. just_missed: no link, but likely enough to be one.';
COMMENT ON COLUMN review_pair.reason IS 'The kind of decision, or of evidence where there is none.';
COMMENT ON COLUMN review_pair.detail IS 'The field, rule or evidence; no values of records.';
COMMENT ON COLUMN review_pair.weight_bits IS 'How far the evidence moved the odds.';
