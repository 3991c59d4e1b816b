-- Deletes contents of which no message is left.
DELETE FROM outbox_content
WHERE NOT EXISTS (SELECT FROM outbox WHERE outbox.content_hash = outbox_content.hash)
