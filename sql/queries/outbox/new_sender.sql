-- The number of a sender that begins.
-- Grain: one row.
SELECT nextval('outbox_sender') AS sender_id
