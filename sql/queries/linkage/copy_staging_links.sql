-- Takes the links of a run.
COPY staging_link (
    left_id, right_id, reason, detail, probability, weight_bits, is_assigned
) FROM STDIN (FORMAT binary)
