-- Tells the planner how many findings there are, where a run added many: until the server does so by
-- itself it takes them for a handful, and reports that join them never end.
ANALYZE finding
