-- Survey responses, their rollups, and change notes.

CREATE TABLE survey_response (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  contact TEXT NOT NULL,
  source TEXT NOT NULL,
  source_id TEXT,  -- NULL where there is none: that is never the same twice
  contact_us {int} NOT NULL,
  channel {int} NOT NULL,
  queue TEXT NOT NULL,
  status {int} NOT NULL,
  nps {int},   -- NULL where blank
  csat {int},  -- the same
  words {int} NOT NULL CHECK (words IN (0, 1)),  -- 1: something is said in words
  body {bytes} NOT NULL,
  PRIMARY KEY (id, person),
  FOREIGN KEY (contact, person) REFERENCES contact (id, person)
){strict};
CREATE UNIQUE INDEX survey_response_once ON survey_response (contact, person);
CREATE UNIQUE INDEX survey_response_by_source
  ON survey_response (source_id, source, person);
CREATE INDEX survey_response_by_person ON survey_response (person, id);

-- Counts and sums of responses, on the day of the contact.  Day first: what is
-- asked for is a span of days.
CREATE TABLE survey_rollup (
  day {int} NOT NULL,
  person TEXT NOT NULL,
  channel {int} NOT NULL,
  queue TEXT NOT NULL,
  responses {int} NOT NULL,
  answered {int} NOT NULL,
  opted_out {int} NOT NULL,
  expired {int} NOT NULL,
  promoters {int} NOT NULL,
  passives {int} NOT NULL,
  detractors {int} NOT NULL,
  csat_n {int} NOT NULL,
  csat_sum {int} NOT NULL,
  csat_sum_squares {int} NOT NULL,
  rating_n {int} NOT NULL,
  rating_sum {int} NOT NULL,
  rating_sum_squares {int} NOT NULL,
  hire_yes {int} NOT NULL,
  hire_no {int} NOT NULL,
  recommend_yes {int} NOT NULL,
  recommend_no {int} NOT NULL,
  refer_yes {int} NOT NULL,
  refer_no {int} NOT NULL,
  PRIMARY KEY (day, person, channel, queue)
){keyed};
CREATE INDEX survey_rollup_by_person ON survey_rollup (person, day);

CREATE TABLE change_note (
  id TEXT NOT NULL PRIMARY KEY,
  day {int} NOT NULL,
  team TEXT REFERENCES team (id),
  form TEXT REFERENCES form (id),
  body {bytes} NOT NULL
){strict};
CREATE INDEX change_note_by_day ON change_note (day, id);
