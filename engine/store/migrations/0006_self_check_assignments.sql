-- Which self-check a contact was queued for.

ALTER TABLE assignment ADD COLUMN cycle TEXT;  -- NULL: none
CREATE INDEX assignment_by_cycle ON assignment (cycle, state)
  WHERE cycle IS NOT NULL;
