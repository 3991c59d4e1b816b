-- How many rows of a load there are.
-- Parameters: $1 load. Grain: one row.
SELECT count(*) AS row_count FROM staging_record WHERE load_id = $1
