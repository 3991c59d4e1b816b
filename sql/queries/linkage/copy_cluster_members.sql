-- The members of the clusters that stand. Parameter: sverka.entity.
-- Grain: one row per member. Order: by side, cluster and place in it.
COPY (
    SELECT side, member.position, member.id, member.probability, reason, detail
    FROM cluster_version
    CROSS JOIN LATERAL unnest(member_ids, probabilities)
        WITH ORDINALITY AS member (id, probability, position)
    WHERE entity = current_setting('sverka.entity') AND valid_to IS NULL
    ORDER BY side, member_ids, member.position
) TO STDOUT (FORMAT binary)
