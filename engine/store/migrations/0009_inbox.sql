-- Feedback from all sides, recovery actions, harm flags, themes and what is tagged
-- with them.

-- Under who gave it.  What it is about may be another person's, so that it is not
-- referred to.
CREATE TABLE feedback (
  id TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES person (id),
  owner TEXT,  -- NULL: nobody
  state {int} NOT NULL,
  kind {int} NOT NULL,
  side {int} NOT NULL,
  about {int} NOT NULL,
  audience {int} NOT NULL,
  form TEXT NOT NULL,      -- empty if it is about none
  question TEXT NOT NULL,  -- the same
  for_revision {int} NOT NULL CHECK (for_revision IN (0, 1)),
  for_report {int} NOT NULL CHECK (for_report IN (0, 1)),
  create_us {int} NOT NULL,
  due_us {int} NOT NULL,
  version {int} NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (id, person)
){strict};
CREATE INDEX feedback_by_person ON feedback (person, id);
CREATE INDEX feedback_by_owner ON feedback (owner, state, id);
-- 1 is open: what waits, which is little.
CREATE INDEX feedback_open ON feedback (owner, create_us) WHERE state = 1;
CREATE INDEX feedback_by_form ON feedback (form, question, id);
CREATE INDEX feedback_for_revision
  ON feedback (form, question, id) WHERE for_revision = 1;
CREATE INDEX feedback_for_report ON feedback (create_us, id)
  WHERE for_report = 1;

CREATE TABLE recovery_action (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  contact TEXT NOT NULL,
  owner TEXT NOT NULL,
  kind {int} NOT NULL,
  prompted {int} NOT NULL CHECK (prompted IN (0, 1)),
  state {int} NOT NULL,
  outcome {int} NOT NULL,     -- 0 unless it is done
  minor_units {int} NOT NULL,
  currency TEXT NOT NULL,     -- empty without a cost
  create_us {int} NOT NULL,
  due_us {int} NOT NULL,
  close_us {int},             -- NULL while it is open
  version {int} NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (id, person),
  FOREIGN KEY (contact, person) REFERENCES contact (id, person)
){strict};
CREATE INDEX recovery_action_by_person ON recovery_action (person, id);
CREATE INDEX recovery_action_by_owner ON recovery_action (owner, state, id);
CREATE INDEX recovery_action_by_contact ON recovery_action (contact, person);
CREATE INDEX recovery_action_by_time ON recovery_action (create_us);

-- A practice is nobody's: the flag stands apart from who raised it and from the
-- contacts that show it.
CREATE TABLE harm_flag (
  id TEXT NOT NULL PRIMARY KEY,
  practice TEXT NOT NULL,  -- what the same practice is known by
  state {int} NOT NULL,
  level {int} NOT NULL,    -- 0 while it is open: then it depends on the time
  create_us {int} NOT NULL,
  version {int} NOT NULL,
  body {bytes} NOT NULL
){strict};
-- One open flag (state 1) a practice.
CREATE UNIQUE INDEX harm_flag_open ON harm_flag (practice) WHERE state = 1;

CREATE TABLE harm_raise (
  flag TEXT NOT NULL REFERENCES harm_flag (id),
  person TEXT NOT NULL REFERENCES person (id),
  body {bytes} NOT NULL,
  PRIMARY KEY (flag, person)
){strict};
CREATE INDEX harm_raise_by_person ON harm_raise (person, flag);

CREATE TABLE harm_contact (
  flag TEXT NOT NULL REFERENCES harm_flag (id),
  contact TEXT NOT NULL,
  person TEXT NOT NULL,
  adder TEXT,  -- NULL for a service account
  add_us {int} NOT NULL,
  PRIMARY KEY (flag, contact, person),
  FOREIGN KEY (contact, person) REFERENCES contact (id, person)
){strict};

CREATE TABLE theme (
  id TEXT NOT NULL PRIMARY KEY,
  kind {int} NOT NULL,
  retired {int} NOT NULL CHECK (retired IN (0, 1)),
  body {bytes} NOT NULL
){strict};

-- Of anything that has a name under a person.
CREATE TABLE theme_tag (
  subject TEXT NOT NULL,  -- the whole name
  person TEXT NOT NULL,
  theme TEXT NOT NULL REFERENCES theme (id),
  tagger TEXT,            -- NULL for a service account
  day {int} NOT NULL,     -- on which it was said
  PRIMARY KEY (subject, person, theme)
){strict};
CREATE INDEX theme_tag_by_theme ON theme_tag (theme, day, person);
CREATE INDEX theme_tag_by_day ON theme_tag (day, theme, person);
