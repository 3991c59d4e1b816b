-- Fills an empty, migrated database with nights of findings, the same for the same numbers.
-- Settings: bench.nights, bench.findings (new ones a night), bench.records (of an entity and side),
-- bench.last_night (a date). A finding is mended after 1 to 30 nights, one in forty never; one in
-- thirty is found again; numbers come from a hash of the finding's number, not from random().
-- The last statement gives the tables the statistics that a database of this age has.
INSERT INTO source (name) VALUES ('1c'), ('bitrix24'), ('exchange');

INSERT INTO record_set (source_id, entity)
SELECT source.id, entity
FROM source CROSS JOIN unnest(ARRAY['counterparty', 'contact', 'product', 'order', 'payment', 'user'])
    AS entity
WHERE source.name <> 'exchange';

INSERT INTO run (job, state, as_of, started_at, finished_at)
SELECT 'nightly', 'succeeded', at, at, at + interval '20 minutes'
FROM generate_series(1, current_setting('bench.nights')::integer) AS night,
    LATERAL (SELECT ((current_setting('bench.last_night')::date
        - current_setting('bench.nights')::integer + night)::timestamp + interval '2 hours')
        AT TIME ZONE 'Europe/Moscow' AS at) AS clock
ORDER BY night;

INSERT INTO snapshot (record_set_id, run_id, taken_at, is_certified, certificate, record_count,
    added_count, changed_count, removed_count, content_checksum)
SELECT record_set.id, run.id, run.as_of, true, '{}', current_setting('bench.records')::integer,
    0, 0, 0, md5(run.id::text || record_set.id)
FROM run CROSS JOIN record_set
ORDER BY run.id, record_set.id;

INSERT INTO record_version (record_set_id, record_id, valid_from, content_hash, fields,
    personal_fields, personal_payload)
SELECT record_set.id, record_set.entity || '-' || number, 1, decode(md5(number::text), 'hex'),
    jsonb_build_object('owner', 'user-' || (1 + number % 40), 'name', 'ООО «Ромашка ' || number || '»')
        -- Of a system that knows them, and of some records only since it was asked for them.
        || CASE WHEN source.name = 'bitrix24' AND number % 10 > 0 THEN jsonb_build_object(
            'created_by', 'user-' || (1 + number % 7), 'modified_by', 'user-' || (1 + number % 31))
            ELSE '{}' END,
    '{}', '{}'
FROM record_set
JOIN source ON source.id = record_set.source_id
CROSS JOIN generate_series(1, current_setting('bench.records')::integer) AS number
WHERE record_set.entity <> 'user';

INSERT INTO record_version (record_set_id, record_id, valid_from, content_hash, fields,
    personal_fields, personal_payload)
SELECT record_set.id, 'user-' || number, 1, decode(md5(number::text), 'hex'), '{}',
    jsonb_build_object('name', 'Сотрудник ' || number), '{}'
FROM record_set CROSS JOIN generate_series(1, 40) AS number
WHERE record_set.entity = 'user';

INSERT INTO comparison (run_id, entity, left_snapshot_id, right_snapshot_id, compared_at)
SELECT left_snapshot.run_id, left_set.entity, left_snapshot.id, right_snapshot.id, left_snapshot.taken_at
FROM snapshot AS left_snapshot
JOIN record_set AS left_set ON left_set.id = left_snapshot.record_set_id
JOIN source AS left_source ON left_source.id = left_set.source_id AND left_source.name = '1c'
JOIN record_set AS right_set ON right_set.entity = left_set.entity AND right_set.id <> left_set.id
JOIN snapshot AS right_snapshot
    ON right_snapshot.run_id = left_snapshot.run_id AND right_snapshot.record_set_id = right_set.id
WHERE left_set.entity <> 'user';

INSERT INTO finding (fingerprint, entity, kind, severity, side, field, left_ids, right_ids, reason,
    evidence, personal_title, at_stake_minor, at_stake_currency, state, first_run_id, opened_run_id,
    resolved_run_id)
SELECT md5(number::text)::uuid, entity, kind,
    CASE WHEN kind IN ('missing', 'conflict', 'broken_link') THEN 'error'
        WHEN hash % 7 = 0 THEN 'info' ELSE 'warning' END,
    CASE WHEN hash % 2 = 0 THEN 'left' ELSE 'right' END,
    CASE WHEN kind IN ('mismatch', 'conflict', 'invalid')
        THEN field[1 + hash / 11 % cardinality(field)] END,
    ARRAY[entity || '-' || record], ARRAY[entity || '-' || record],
    reason[1 + hash / 17 % cardinality(reason)], 'rule=ИНН+КПП; p=0.99', 'ООО «Ромашка ' || record || '»',
    CASE WHEN hash % 3 = 0 THEN (hash / 23 % 500000)::bigint * 100 END,
    CASE WHEN hash % 3 = 0 THEN 'RUB' END,
    CASE WHEN resolved IS NULL THEN 'open' ELSE 'resolved' END,
    night, CASE WHEN hash % 30 = 1 THEN least(night + 9, current_setting('bench.nights')::integer)
        ELSE night END, resolved
FROM generate_series(1, current_setting('bench.nights')::integer) AS night
CROSS JOIN generate_series(1, current_setting('bench.findings')::integer) AS position
CROSS JOIN LATERAL (SELECT (night::bigint - 1) * current_setting('bench.findings')::integer + position
    AS number) AS numbered
CROSS JOIN LATERAL (SELECT abs(hashint8(number)) AS hash) AS hashed
CROSS JOIN LATERAL (SELECT
    (ARRAY['counterparty', 'contact', 'product', 'order', 'payment'])[1 + hash % 5] AS entity,
    (ARRAY['missing', 'mismatch', 'mismatch', 'mismatch', 'duplicate', 'broken_link', 'conflict',
        'invalid'])[1 + hash / 5 % 8] AS kind,
    1 + hash / 40 % current_setting('bench.records')::integer AS record,
    CASE WHEN hash % 40 <> 7 THEN nullif(least(night + 10 + hash / 40 % 30,
        current_setting('bench.nights')::integer + 1), current_setting('bench.nights')::integer + 1)
        END AS resolved) AS made
JOIN (VALUES
    ('counterparty', ARRAY['name', 'tax_id', 'phone', 'email', 'address']),
    ('contact', ARRAY['name', 'phone', 'email']), ('product', ARRAY['name', 'article', 'unit']),
    ('order', ARRAY['total', 'status', 'date']), ('payment', ARRAY['amount', 'date'])
) AS known_field (entity, field) USING (entity)
JOIN (VALUES
    ('missing', ARRAY['no_counterpart']), ('mismatch', ARRAY['differs', 'only_left', 'only_right']),
    ('duplicate', ARRAY['same_thing']), ('broken_link', ARRAY['points_nowhere', 'points_to_deleted']),
    ('conflict', ARRAY['other_taxpayer', 'claimed_twice', 'evidence_against']),
    ('invalid', ARRAY['wrong_length', 'check_digit'])
) AS known_reason (kind, reason) USING (kind)
ORDER BY numbered.number;

INSERT INTO comparison_count (run_id, entity, kind, severity, state, finding_count, at_stake_minor,
    at_stake_currency)
WITH change AS (
    SELECT opened_run_id AS run_id, entity, kind, severity, coalesce(at_stake_currency, '') AS currency,
        CASE WHEN opened_run_id > first_run_id THEN 'reopened' ELSE 'new' END AS state,
        count(*) AS number, coalesce(sum(at_stake_minor), 0) AS money
    FROM finding GROUP BY 1, 2, 3, 4, 5, 6
    UNION ALL
    SELECT resolved_run_id, entity, kind, severity, coalesce(at_stake_currency, ''), 'resolved',
        count(*), coalesce(sum(at_stake_minor), 0)
    FROM finding WHERE resolved_run_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5
), sort AS (
    SELECT DISTINCT entity, kind, severity, currency FROM change
), movement AS (
    SELECT run_id, entity, kind, severity, currency,
        sum(CASE WHEN state = 'resolved' THEN -number ELSE number END) AS number,
        sum(CASE WHEN state = 'resolved' THEN -money ELSE money END) AS money,
        sum(number) FILTER (WHERE state <> 'resolved') AS opened_number,
        sum(money) FILTER (WHERE state <> 'resolved') AS opened_money
    FROM change GROUP BY 1, 2, 3, 4, 5
), standing AS (
    SELECT run.id AS run_id, run.entity, run.kind, run.severity, run.currency,
        sum(number) OVER history - coalesce(opened_number, 0) AS number,
        sum(money) OVER history - coalesce(opened_money, 0) AS money
    FROM (SELECT run.id, sort.* FROM run CROSS JOIN sort) AS run
    LEFT JOIN movement ON movement.run_id = run.id AND movement.entity = run.entity
        AND movement.kind = run.kind AND movement.severity = run.severity
        AND movement.currency = run.currency
    WINDOW history AS (PARTITION BY run.entity, run.kind, run.severity, run.currency
        ORDER BY run.id)
)
SELECT run_id, entity, kind, severity, state, number::integer, money::bigint, currency FROM change
UNION ALL
SELECT run_id, entity, kind, severity, 'open', number::integer, money::bigint, currency
FROM standing WHERE number > 0;

INSERT INTO cluster_version (entity, side, member_ids, probabilities, reason, detail, valid_from, valid_to)
SELECT entity, side, ARRAY[entity || '-' || number, entity || '-' || number + 1], ARRAY[1, 0.97],
    'model', '', 1 + number % current_setting('bench.nights')::integer,
    CASE WHEN number % 3 > 0 THEN 21 + number % current_setting('bench.nights')::integer END
FROM unnest(ARRAY['counterparty', 'contact', 'product']) AS entity
CROSS JOIN unnest(ARRAY['left', 'right']) AS side
CROSS JOIN generate_series(1, current_setting('bench.records')::integer / 5, 2) AS number;
