-- Takes the members of the clusters of a run.
COPY staging_cluster_member (
    side, number, position, record_id, probability, reason, detail
) FROM STDIN (FORMAT binary)
