-- Operations of the journal by the hour, as one rule counts them.
-- Parameters: $1 beginning, $2 end, patterns (NULL: any) of $3 error type, $4 kind of object, $5 from,
-- $6 to; whether to keep apart $7 error types, $8 kinds of objects, $9 from, $10 to.
-- Grain: one row per labels that are kept apart, with the hours, counted from 1970, and their counts
-- side by side, one that comes in several rows as often; error_type is empty for operations that the rule
-- does not count. Order: none.
SELECT
    CASE
        WHEN error_type = '' OR NOT ($3::text IS NULL OR error_type LIKE $3) THEN ''
        WHEN $7::boolean THEN error_type
        ELSE '*'
    END AS error_type,
    CASE WHEN $8::boolean THEN object_kind ELSE '' END AS object_kind,
    CASE WHEN $9::boolean THEN source_system ELSE '' END AS source_system,
    CASE WHEN $10::boolean THEN target_system ELSE '' END AS target_system,
    array_agg((extract(epoch FROM hour) / 3600)::bigint) AS periods, array_agg(entry_count) AS counts
FROM journal_hour
WHERE hour >= $1 AND hour < $2
    AND ($4::text IS NULL OR object_kind LIKE $4) AND ($5::text IS NULL OR source_system LIKE $5)
    AND ($6::text IS NULL OR target_system LIKE $6)
GROUP BY 1, 2, 3, 4
