-- 0017: name the record sets that were compared last, so that a list of findings takes the responsible
-- persons of its own rows without looking through all findings a second time.
--
-- Locks: views only.
SET LOCAL lock_timeout = '3s';

CREATE VIEW compared_record_set AS
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
ORDER BY comparison.entity, comparison.run_id DESC;
COMMENT ON VIEW compared_record_set IS
    'The two record sets of the last comparison of an entity, and the users of their sources. Grain: one '
    'row per entity that was compared.';

-- As in 0011, over the view above.
CREATE OR REPLACE VIEW finding_side_owner AS
SELECT finding.fingerprint, finding.side,
    left_record.fields ->> 'owner' AS personal_left_id,
    coalesce(left_user.personal_fields ->> 'name', left_user.fields ->> 'name')
        AS personal_left_name,
    coalesce(left_user.personal_fields ->> 'email', left_user.fields ->> 'email')
        AS personal_left_email,
    right_record.fields ->> 'owner' AS personal_right_id,
    coalesce(right_user.personal_fields ->> 'name', right_user.fields ->> 'name')
        AS personal_right_name,
    coalesce(right_user.personal_fields ->> 'email', right_user.fields ->> 'email')
        AS personal_right_email
FROM finding
JOIN compared_record_set AS compared ON compared.entity = finding.entity
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
    AND right_user.valid_to IS NULL;
