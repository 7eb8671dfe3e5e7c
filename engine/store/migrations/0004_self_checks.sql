-- Self-checks: cycles, agents' sessions, the calls picked in them, feedback on
-- the form.

CREATE TABLE self_check_cycle (
  id TEXT NOT NULL PRIMARY KEY,
  form TEXT NOT NULL REFERENCES form (id),
  state {int} NOT NULL,
  open_us {int} NOT NULL,
  close_us {int} NOT NULL,
  version {int} NOT NULL,
  body {bytes} NOT NULL
){strict};
-- One open cycle (state 1) a form.
CREATE UNIQUE INDEX self_check_cycle_open
  ON self_check_cycle (form) WHERE state = 1;
CREATE INDEX self_check_cycle_by_time ON self_check_cycle (open_us, id);

-- An agent's session in a cycle, once it is begun.
CREATE TABLE self_check (
  cycle TEXT NOT NULL REFERENCES self_check_cycle (id),
  person TEXT NOT NULL REFERENCES person (id),
  form TEXT NOT NULL,
  done_us {int},  -- NULL until both sides graded both calls
  due_us {int},   -- when the next one is due; NULL likewise
  version {int} NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (cycle, person)
){strict};
CREATE INDEX self_check_by_person ON self_check (person, form, done_us);

-- Which calls are graded blind: the first thing a submit asks, so it is apart
-- from the session.
CREATE TABLE self_check_pick (
  cycle TEXT NOT NULL,
  person TEXT NOT NULL,
  chooser {int} NOT NULL,
  contact TEXT NOT NULL,
  form TEXT NOT NULL,
  -- 1 until both sides are in or the cycle is closed
  blind {int} NOT NULL CHECK (blind IN (0, 1)),
  PRIMARY KEY (cycle, person, chooser),
  FOREIGN KEY (cycle, person) REFERENCES self_check (cycle, person),
  FOREIGN KEY (contact, person) REFERENCES contact (id, person)
){strict};
CREATE UNIQUE INDEX self_check_pick_blind
  ON self_check_pick (contact, person, form) WHERE blind = 1;

CREATE TABLE form_feedback (
  cycle TEXT NOT NULL,
  person TEXT NOT NULL,
  version {int} NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (cycle, person),
  FOREIGN KEY (cycle, person) REFERENCES self_check (cycle, person)
){strict};
CREATE INDEX form_feedback_by_person ON form_feedback (person, cycle);
