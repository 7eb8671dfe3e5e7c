-- Sampling plans, their draws, and the contacts queued to those who score them.

CREATE TABLE sampling_plan (
  id TEXT NOT NULL PRIMARY KEY,
  version {int} NOT NULL,
  body {bytes} NOT NULL
){strict};

-- Periods of one kind sort by time as they are written: 2026-W47.
CREATE TABLE sample_draw (
  plan TEXT NOT NULL REFERENCES sampling_plan (id),
  period TEXT NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (plan, period)
){strict};

-- What changes stands in columns alone, so that submitting an evaluation ends its
-- assignment without reading it.
CREATE TABLE assignment (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  contact TEXT NOT NULL,
  form TEXT NOT NULL,
  advocate TEXT,    -- NULL: nobody yet
  plan TEXT,        -- NULL: made by hand
  period TEXT,      -- of the draw
  state {int} NOT NULL,
  version {int} NOT NULL,
  due_us {int} NOT NULL,
  expire_us {int},  -- NULL: never
  claim_us {int},
  end_us {int},
  update_us {int} NOT NULL,
  evaluation TEXT,  -- id of the one that completed it
  body {bytes} NOT NULL,
  PRIMARY KEY (id, person),
  FOREIGN KEY (contact, person) REFERENCES contact (id, person)
){strict};
-- 1 is open, 2 claimed.  Small: what is done leaves it.
CREATE UNIQUE INDEX assignment_once
  ON assignment (contact, person, form, advocate) WHERE state IN (1, 2);
CREATE INDEX assignment_by_contact ON assignment (contact, person, form);
CREATE INDEX assignment_by_advocate
  ON assignment (advocate, state, due_us, id);
CREATE INDEX assignment_by_draw ON assignment (plan, period, id);
CREATE INDEX assignment_by_expiry ON assignment (expire_us)
  WHERE state IN (1, 2) AND expire_us IS NOT NULL;
