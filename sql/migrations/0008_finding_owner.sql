-- 0008: who is responsible for a finding.
--
-- Locks: a new view only.
SET LOCAL lock_timeout = '3s';

CREATE VIEW finding_owner AS
WITH compared AS (
    SELECT DISTINCT ON (comparison.entity) comparison.entity,
        left_set.id AS left_set_id, left_users.id AS left_user_set_id,
        right_set.id AS right_set_id, right_users.id AS right_user_set_id
    FROM comparison
    JOIN snapshot AS left_snapshot ON left_snapshot.id = comparison.left_snapshot_id
    JOIN record_set AS left_set ON left_set.id = left_snapshot.record_set_id
    LEFT JOIN record_set AS left_users
        ON left_users.source_id = left_set.source_id AND left_users.entity = 'user'
    JOIN snapshot AS right_snapshot ON right_snapshot.id = comparison.right_snapshot_id
    JOIN record_set AS right_set ON right_set.id = right_snapshot.record_set_id
    LEFT JOIN record_set AS right_users
        ON right_users.source_id = right_set.source_id AND right_users.entity = 'user'
    ORDER BY comparison.entity, comparison.run_id DESC
), named AS (
    SELECT finding.fingerprint, finding.side,
        coalesce(left_user.personal_fields ->> 'name', left_user.fields ->> 'name') AS left_name,
        coalesce(left_user.personal_fields ->> 'email', left_user.fields ->> 'email') AS left_email,
        coalesce(right_user.personal_fields ->> 'name', right_user.fields ->> 'name') AS right_name,
        coalesce(right_user.personal_fields ->> 'email', right_user.fields ->> 'email')
            AS right_email
    FROM finding
    JOIN compared ON compared.entity = finding.entity
    LEFT JOIN record_version AS left_record
        ON left_record.record_set_id = compared.left_set_id
        AND left_record.record_id = finding.left_ids[1] COLLATE "C"
        AND left_record.valid_to IS NULL
    LEFT JOIN record_version AS left_user
        ON left_user.record_set_id = compared.left_user_set_id
        AND left_user.record_id = (left_record.fields ->> 'owner') COLLATE "C"
        AND left_user.valid_to IS NULL
    LEFT JOIN record_version AS right_record
        ON right_record.record_set_id = compared.right_set_id
        AND right_record.record_id = finding.right_ids[1] COLLATE "C"
        AND right_record.valid_to IS NULL
    LEFT JOIN record_version AS right_user
        ON right_user.record_set_id = compared.right_user_set_id
        AND right_user.record_id = (right_record.fields ->> 'owner') COLLATE "C"
        AND right_user.valid_to IS NULL
)
SELECT named.fingerprint, owner.personal_name, owner.personal_email
FROM named
CROSS JOIN LATERAL (VALUES
    -- Where it is to be mended, else of the record that there is; of both when it is either.
    (named.left_name,
        coalesce(named.left_email,
            CASE WHEN named.left_name = named.right_name THEN named.right_email END),
        named.side IS DISTINCT FROM 'right' OR named.right_name IS NULL),
    (named.right_name, named.right_email,
        (named.side IS DISTINCT FROM 'left' OR named.left_name IS NULL)
            AND (named.side IS NOT NULL OR named.left_name IS DISTINCT FROM named.right_name))
) AS owner (personal_name, personal_email, is_responsible)
WHERE owner.is_responsible AND owner.personal_name IS NOT NULL;
COMMENT ON VIEW finding_owner IS
    'Those who are responsible for the records of a finding, by the field "owner" of a record as it '
    'stands, named by the entity "user" of the same source. Grain: one row per finding and person. '
    'Personal data: names and addresses.';
