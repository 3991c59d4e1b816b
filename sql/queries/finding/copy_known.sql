-- What the next run must know of earlier findings. Parameter: sverka.entity.
-- Grain: one row per finding. Order: fingerprint.
COPY (
    SELECT fingerprint, kind, side, reason, current_state, is_accepted
    FROM finding_current
    WHERE entity = current_setting('sverka.entity')
    ORDER BY fingerprint
) TO STDOUT (FORMAT binary)
