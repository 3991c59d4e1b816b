-- Says what a run linked, by the model that was kept last.
-- Parameters: $1 run, $2 entity, $3 key, $4 links, $5 clusters.
INSERT INTO linkage (run_id, entity, key, link_count, cluster_count, model_id)
VALUES ($1, $2, $3, $4::integer, $5::integer,
    (SELECT max(id) FROM linkage_model WHERE entity = $2))
ON CONFLICT (run_id, entity) DO UPDATE
SET key = excluded.key, link_count = excluded.link_count, cluster_count = excluded.cluster_count,
    model_id = excluded.model_id
