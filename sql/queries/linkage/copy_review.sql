-- Takes the pairs for review of a run.
COPY review_pair (
    entity, left_id, right_id, run_id, doubt, reason, detail, probability, weight_bits
) FROM STDIN (FORMAT binary)
