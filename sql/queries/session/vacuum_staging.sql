-- Gives back the room of rows on their way, which a night fills and empties, and of pairs for review,
-- which it replaces. Locks: none that anybody waits for; where the room cannot be given back now, it is
-- used again.
VACUUM staging_record, staging_link, staging_cluster_member, staging_finding, review_pair
