-- Takes the records of things on their way into thing_member.
COPY staging_thing_member (number, side, record_id) FROM STDIN (FORMAT binary)
