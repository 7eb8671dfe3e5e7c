-- People, contacts, forms, evaluations, tokens; rollups of the evaluations.
--
-- `{int}`, `{bytes}`, `{strict}` and `{keyed}` stand for what differs between
-- databases.  Times are microseconds since the epoch, days are days since it,
-- percents are hundredths.  `version` is what the etag tells.

CREATE TABLE team (
  id TEXT NOT NULL PRIMARY KEY,
  version {int} NOT NULL,
  body {bytes} NOT NULL
){strict};

CREATE TABLE person (
  id TEXT NOT NULL PRIMARY KEY,
  team TEXT REFERENCES team (id),
  roles {int} NOT NULL,  -- a bit each, by the role's number
  version {int} NOT NULL,
  body {bytes} NOT NULL
){strict};
CREATE INDEX person_by_team ON person (team, id);

CREATE TABLE contact (
  id TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES person (id),
  start_us {int} NOT NULL,
  channel {int} NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (id, person)
){strict};
CREATE INDEX contact_by_start ON contact (start_us, id, person);
CREATE INDEX contact_by_person ON contact (person, start_us, id);

CREATE TABLE transcript (
  contact TEXT NOT NULL,
  person TEXT NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (contact, person),
  FOREIGN KEY (contact, person) REFERENCES contact (id, person)
){strict};

CREATE TABLE form (
  id TEXT NOT NULL PRIMARY KEY,
  version {int} NOT NULL,
  latest_revision {int} NOT NULL,
  body {bytes} NOT NULL
){strict};

CREATE TABLE form_revision (
  form TEXT NOT NULL REFERENCES form (id),
  revision {int} NOT NULL,
  uid TEXT NOT NULL UNIQUE,  -- what compiled forms are remembered by
  effective_us {int} NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (form, revision)
){strict};

-- Every section a form ever had, as the newest revision that has it tells; its
-- slot is where its figures stand in a rollup row and never changes.
CREATE TABLE form_section (
  form TEXT NOT NULL REFERENCES form (id),
  section_id TEXT NOT NULL,
  slot {int} NOT NULL,
  title TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (form, section_id),
  UNIQUE (form, slot)
){strict};

-- No references to rows that many evaluations share: nothing is ever deleted,
-- and PostgreSQL would lock the shared row for every insert.
CREATE TABLE evaluation (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  contact TEXT NOT NULL,
  form TEXT NOT NULL,
  revision {int} NOT NULL,
  rater TEXT NOT NULL,
  kind {int} NOT NULL,
  state {int} NOT NULL,
  version {int} NOT NULL,
  contact_us {int} NOT NULL,
  percent {int},  -- NULL while a draft, or where nothing was applicable
  critical {int} NOT NULL CHECK (critical IN (0, 1)),
  body {bytes} NOT NULL,
  PRIMARY KEY (id, person),
  FOREIGN KEY (contact, person) REFERENCES contact (id, person)
){strict};
-- Contact first: what is scored together lies together.
CREATE UNIQUE INDEX evaluation_once
  ON evaluation (contact, person, form, rater, kind);
CREATE INDEX evaluation_by_person ON evaluation (person, id);
CREATE INDEX evaluation_by_rater ON evaluation (rater, id);

-- Sums of submitted evaluations; `block` 0 holds the totals and sections 0 to 7,
-- block b the sections 8b to 8b + 7.  Day first: today's rows lie together.
CREATE TABLE evaluation_rollup (
  day {int} NOT NULL,
  person TEXT NOT NULL,
  form TEXT NOT NULL,
  kind {int} NOT NULL,
  block {int} NOT NULL,
  n {int} NOT NULL,         -- with a score
  unscored {int} NOT NULL,  -- without one
  acknowledged {int} NOT NULL,
  sum {int} NOT NULL,
  sum_squares {int} NOT NULL,
  critical {int} NOT NULL,  -- evaluations with any failure, then by category
  critical_customer {int} NOT NULL,
  critical_business {int} NOT NULL,
  critical_compliance {int} NOT NULL,
  s0_n {int} NOT NULL,
  s0_sum {int} NOT NULL,
  s0_sum_squares {int} NOT NULL,
  s0_lost {int} NOT NULL,
  s0_critical {int} NOT NULL,
  s1_n {int} NOT NULL,
  s1_sum {int} NOT NULL,
  s1_sum_squares {int} NOT NULL,
  s1_lost {int} NOT NULL,
  s1_critical {int} NOT NULL,
  s2_n {int} NOT NULL,
  s2_sum {int} NOT NULL,
  s2_sum_squares {int} NOT NULL,
  s2_lost {int} NOT NULL,
  s2_critical {int} NOT NULL,
  s3_n {int} NOT NULL,
  s3_sum {int} NOT NULL,
  s3_sum_squares {int} NOT NULL,
  s3_lost {int} NOT NULL,
  s3_critical {int} NOT NULL,
  s4_n {int} NOT NULL,
  s4_sum {int} NOT NULL,
  s4_sum_squares {int} NOT NULL,
  s4_lost {int} NOT NULL,
  s4_critical {int} NOT NULL,
  s5_n {int} NOT NULL,
  s5_sum {int} NOT NULL,
  s5_sum_squares {int} NOT NULL,
  s5_lost {int} NOT NULL,
  s5_critical {int} NOT NULL,
  s6_n {int} NOT NULL,
  s6_sum {int} NOT NULL,
  s6_sum_squares {int} NOT NULL,
  s6_lost {int} NOT NULL,
  s6_critical {int} NOT NULL,
  s7_n {int} NOT NULL,
  s7_sum {int} NOT NULL,
  s7_sum_squares {int} NOT NULL,
  s7_lost {int} NOT NULL,
  s7_critical {int} NOT NULL,
  PRIMARY KEY (day, person, form, kind, block)
){keyed};
CREATE INDEX evaluation_rollup_by_person
  ON evaluation_rollup (person, day);

CREATE TABLE token (
  id TEXT NOT NULL PRIMARY KEY,
  secret_hash TEXT NOT NULL,
  person TEXT REFERENCES person (id),
  roles {int} NOT NULL,
  expire_us {int},
  revoke_us {int},
  body {bytes} NOT NULL
){strict};

CREATE TABLE answered_request (
  id TEXT NOT NULL,
  caller TEXT NOT NULL,
  method TEXT NOT NULL,
  digest TEXT NOT NULL,
  answered_us {int} NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (id, caller)
){strict};
CREATE INDEX answered_request_by_time ON answered_request (answered_us);
