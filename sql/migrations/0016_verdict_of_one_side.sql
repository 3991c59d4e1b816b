-- 0016: let a verdict be about two records of one side, which are or are not duplicates.
--
-- Locks: verdict for a moment; its rows are read once, nothing is written anew.
SET LOCAL lock_timeout = '3s';

ALTER TABLE verdict ADD COLUMN side text CHECK (side IN ('left', 'right'));

-- Either way round it is one pair, so that the last verdict about it counts.
ALTER TABLE verdict ADD CONSTRAINT verdict_pair_of_one_side CHECK (
    side IS NULL
    OR (left_id IS NOT NULL AND right_id IS NOT NULL AND left_id < right_id COLLATE "C"));

COMMENT ON COLUMN verdict.side IS
    'The side of both records. NULL: left_id is of a left and right_id of a right record, or the '
    'verdict is about a finding.';
COMMENT ON COLUMN verdict.left_id IS
    'The left record; of two of one side the one whose id comes first by its bytes.';
COMMENT ON COLUMN verdict.right_id IS 'The right record, or the other one of the side.';
