-- Empties the staged members.
DELETE FROM staging_cluster_member
