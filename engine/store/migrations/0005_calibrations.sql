-- Calibrations: blind sessions, their raters and results.  What severity reads.

-- The id of the calibration, or empty: in the key, so that a contact may be
-- rated in every session anew.
ALTER TABLE evaluation ADD COLUMN calibration TEXT NOT NULL DEFAULT '';
DROP INDEX evaluation_once;
CREATE UNIQUE INDEX evaluation_once
  ON evaluation (contact, person, form, rater, kind, calibration)
  WHERE state <> 5;
CREATE INDEX evaluation_by_calibration
  ON evaluation (calibration, rater, state) WHERE calibration <> '';

-- All that a model of severity looks at, so that it never reads a body.
CREATE INDEX evaluation_scores
  ON evaluation (form, kind, contact_us, person, rater, percent, critical,
                 state, withheld)
  WHERE percent IS NOT NULL;

CREATE TABLE calibration (
  id TEXT NOT NULL PRIMARY KEY,
  state {int} NOT NULL,
  version {int} NOT NULL,
  body {bytes} NOT NULL
){strict};

CREATE TABLE calibration_rater (
  calibration TEXT NOT NULL REFERENCES calibration (id),
  rater TEXT NOT NULL,
  PRIMARY KEY (calibration, rater)
){strict};
CREATE INDEX calibration_rater_by_rater
  ON calibration_rater (rater, calibration);

-- What a closed one came to, as it was computed then.
CREATE TABLE calibration_result (
  calibration TEXT NOT NULL PRIMARY KEY REFERENCES calibration (id),
  body {bytes} NOT NULL
){strict};
