-- 0002: links, clusters, findings with their history, verdicts.
--
-- Locks: new tables only.
SET LOCAL lock_timeout = '3s';

CREATE TABLE linkage (
    run_id        bigint NOT NULL REFERENCES run,
    entity        text   NOT NULL CHECK (entity <> ''),
    key           text   NOT NULL,
    link_count    integer NOT NULL CHECK (link_count >= 0),
    cluster_count integer NOT NULL CHECK (cluster_count >= 0),
    PRIMARY KEY (run_id, entity)
);
COMMENT ON TABLE linkage IS 'What a run linked. Grain: one row per run and entity that was linked.';
COMMENT ON COLUMN linkage.key IS
    'Of both snapshots'' checksums, the definition, the verdicts and the engine: under an equal key '
    'the links that stand can be used again.';

CREATE TABLE link_version (
    entity      text    NOT NULL,
    left_id     text    COLLATE "C" NOT NULL,
    right_id    text    COLLATE "C" NOT NULL,
    reason      text    NOT NULL CHECK (reason IN ('verdict', 'explicit_id', 'rule', 'model', 'cluster')),
    detail      text    NOT NULL,
    probability double precision NOT NULL CHECK (probability BETWEEN 0 AND 1),
    weight_bits double precision NOT NULL,
    is_assigned boolean NOT NULL,
    valid_from  bigint  NOT NULL,
    valid_to    bigint  CHECK (valid_to >= valid_from)
);
COMMENT ON TABLE link_version IS
    'A decision that two records are the same thing, from one run to another. Grain: one row per '
    'pair and content; nothing is written for a link that stays as it is.';
COMMENT ON COLUMN link_version.valid_from IS 'The first run with it.';
COMMENT ON COLUMN link_version.valid_to IS 'The first run without it; NULL while it stands.';
CREATE UNIQUE INDEX link_version_current
    ON link_version (entity, left_id, right_id) WHERE valid_to IS NULL;

CREATE TABLE cluster_version (
    entity        text   NOT NULL,
    side          text   NOT NULL CHECK (side IN ('left', 'right')),
    member_ids    text[] COLLATE "C" NOT NULL CHECK (cardinality(member_ids) >= 2),
    probabilities double precision[] NOT NULL,
    reason        text   NOT NULL,
    detail        text   NOT NULL,
    valid_from    bigint NOT NULL,
    valid_to      bigint CHECK (valid_to >= valid_from),
    CHECK (cardinality(probabilities) = cardinality(member_ids))
);
COMMENT ON TABLE cluster_version IS
    'Records of one side that are the same thing, from one run to another. Grain: one row per group '
    'and content.';
CREATE UNIQUE INDEX cluster_version_current
    ON cluster_version (entity, side, member_ids) WHERE valid_to IS NULL;

CREATE UNLOGGED TABLE staging_link (
    left_id     text COLLATE "C" NOT NULL,
    right_id    text COLLATE "C" NOT NULL,
    reason      text NOT NULL,
    detail      text NOT NULL,
    probability double precision NOT NULL,
    weight_bits double precision NOT NULL,
    is_assigned boolean NOT NULL
);
COMMENT ON TABLE staging_link IS
    'Links on their way into link_version. Filled and emptied by one transaction, so that nobody '
    'sees another''s rows. staging_cluster_member and staging_finding likewise.';

CREATE UNLOGGED TABLE staging_cluster_member (
    side        text NOT NULL,
    number      bigint NOT NULL,
    position    bigint NOT NULL,
    record_id   text COLLATE "C" NOT NULL,
    probability double precision NOT NULL,
    reason      text NOT NULL,
    detail      text NOT NULL
);

CREATE TABLE comparison (
    run_id            bigint NOT NULL REFERENCES run,
    entity            text   NOT NULL CHECK (entity <> ''),
    left_snapshot_id  bigint NOT NULL REFERENCES snapshot,
    right_snapshot_id bigint NOT NULL REFERENCES snapshot,
    compared_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run_id, entity)
);
COMMENT ON TABLE comparison IS 'What a run compared. Grain: one row per run and entity.';

CREATE TABLE comparison_count (
    run_id           bigint  NOT NULL,
    entity           text    NOT NULL,
    kind             text    NOT NULL,
    severity         text    NOT NULL,
    state            text    NOT NULL,
    finding_count    integer NOT NULL CHECK (finding_count > 0),
    at_stake_minor   bigint  NOT NULL,
    at_stake_currency text   NOT NULL,
    PRIMARY KEY (run_id, entity, kind, severity, state, at_stake_currency),
    FOREIGN KEY (run_id, entity) REFERENCES comparison
);
COMMENT ON TABLE comparison_count IS
    'How the findings stood after a run. Grain: one row per run, entity, kind, severity, state and '
    'currency. Of resolved findings only those that the run resolved are counted.';
COMMENT ON COLUMN comparison_count.at_stake_currency IS 'Empty when nothing can be told.';

CREATE TABLE finding (
    fingerprint          uuid PRIMARY KEY,
    number               bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    entity               text   NOT NULL,
    kind                 text   NOT NULL CHECK (kind IN ('missing', 'mismatch', 'duplicate',
                                'broken_link', 'conflict', 'invalid', 'stale')),
    severity             text   NOT NULL CHECK (severity IN ('info', 'warning', 'error')),
    side                 text   CHECK (side IN ('left', 'right')),
    field                text,
    left_ids             text[] NOT NULL,
    right_ids            text[] NOT NULL,
    reason               text   NOT NULL,
    evidence             text   NOT NULL,
    personal_title       text   NOT NULL,
    personal_left_value  text,
    personal_right_value text,
    at_stake_minor       bigint,
    at_stake_currency    text,
    state                text   NOT NULL CHECK (state IN ('open', 'accepted', 'resolved')),
    is_accepted          boolean NOT NULL DEFAULT false,
    first_run_id         bigint NOT NULL,
    opened_run_id        bigint NOT NULL CHECK (opened_run_id >= first_run_id),
    resolved_run_id      bigint,
    CHECK ((state = 'resolved') = (resolved_run_id IS NOT NULL)),
    CHECK ((at_stake_minor IS NULL) = (at_stake_currency IS NULL)),
    CHECK (state <> 'accepted' OR is_accepted)
);
COMMENT ON TABLE finding IS
    'One thing wrong, as it stands. Grain: one row per fingerprint. A run writes only findings that '
    'changed; "new" and "reopened" follow from opened_run_id, see finding_current.';
COMMENT ON COLUMN finding.number IS 'What people call it by.';
COMMENT ON COLUMN finding.is_accepted IS
    'Whether the last verdict was to live with it; stands while the finding is resolved.';
COMMENT ON COLUMN finding.opened_run_id IS 'The run that found it first, or again after resolution.';
COMMENT ON COLUMN finding.personal_title IS 'Personal data: the name of the record.';
COMMENT ON COLUMN finding.personal_left_value IS 'Personal data: the left value.';
COMMENT ON COLUMN finding.personal_right_value IS 'Personal data: the right value.';
-- Findings that stand are listed by entity; resolved ones outnumber them with the years.
CREATE INDEX finding_standing ON finding (entity, kind) WHERE state <> 'resolved';

CREATE VIEW finding_current AS
SELECT finding.*,
    CASE
        WHEN finding.state <> 'open' THEN finding.state
        WHEN finding.opened_run_id < latest.run_id THEN 'open'
        WHEN finding.opened_run_id > finding.first_run_id THEN 'reopened'
        ELSE 'new'
    END AS current_state
FROM finding
LEFT JOIN (SELECT entity, max(run_id) AS run_id FROM comparison GROUP BY entity) AS latest
    ON latest.entity = finding.entity;
COMMENT ON VIEW finding_current IS 'Findings with their state as of the last comparison.';

CREATE TABLE verdict (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entity           text NOT NULL,
    decision         text NOT NULL CHECK (decision IN ('same', 'different', 'undecided',
                                                        'accept', 'reopen')),
    left_id          text,
    right_id         text,
    fingerprint      uuid REFERENCES finding,
    decided_at       timestamptz NOT NULL DEFAULT now(),
    personal_person  text NOT NULL,
    personal_comment text NOT NULL DEFAULT '',
    CHECK (CASE WHEN decision IN ('accept', 'reopen')
                THEN fingerprint IS NOT NULL AND left_id IS NULL AND right_id IS NULL
                ELSE fingerprint IS NULL AND left_id IS NOT NULL AND right_id IS NOT NULL END)
);
COMMENT ON TABLE verdict IS
    'A person''s decision about a pair or a finding. Grain: one row per decision, never changed; '
    'the last one about a pair or finding counts.';
COMMENT ON COLUMN verdict.decision IS
    'same, different: a pair is or is not the same thing; undecided takes either back. accept: live '
    'with a finding; reopen takes it back.';
COMMENT ON COLUMN verdict.personal_person IS 'Personal data: who decided.';
COMMENT ON COLUMN verdict.personal_comment IS 'Personal data: why, in their words.';
CREATE INDEX verdict_by_pair ON verdict (entity, left_id, right_id, id) WHERE left_id IS NOT NULL;

CREATE TABLE finding_event (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fingerprint uuid NOT NULL,
    run_id      bigint REFERENCES run,
    verdict_id  bigint REFERENCES verdict,
    event       text NOT NULL CHECK (event IN ('found', 'resolved', 'found_again', 'accepted',
                                               'accept_undone')),
    at          timestamptz NOT NULL DEFAULT now(),
    CHECK ((run_id IS NULL) <> (verdict_id IS NULL))
);
COMMENT ON TABLE finding_event IS
    'The life of findings. Grain: one row per change of state, never changed; made by a run or by a '
    'verdict.';
CREATE INDEX finding_event_by_finding ON finding_event (fingerprint, id);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER verdict_append_only BEFORE UPDATE OR DELETE ON verdict
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER finding_event_append_only BEFORE UPDATE OR DELETE ON finding_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE UNLOGGED TABLE staging_finding (
    fingerprint          uuid NOT NULL,
    target_state         text NOT NULL,
    is_known             boolean NOT NULL,
    is_found             boolean NOT NULL,
    kind                 text,
    severity             text,
    side                 text,
    field                text,
    left_ids             text[],
    right_ids            text[],
    reason               text,
    evidence             text,
    personal_title       text,
    personal_left_value  text,
    personal_right_value text,
    at_stake_minor       bigint,
    at_stake_currency    text
);
COMMENT ON COLUMN staging_finding.personal_title IS 'Personal data: the name of the record.';
COMMENT ON COLUMN staging_finding.personal_left_value IS 'Personal data: the left value.';
COMMENT ON COLUMN staging_finding.personal_right_value IS 'Personal data: the right value.';
