-- Evaluations that are withheld or void; contests of them, and comments.

ALTER TABLE evaluation
  ADD COLUMN withheld {int} NOT NULL DEFAULT 0 CHECK (withheld IN (0, 1));

-- What is void (state 5) may be scored anew.
DROP INDEX evaluation_once;
CREATE UNIQUE INDEX evaluation_once
  ON evaluation (contact, person, form, rater, kind) WHERE state <> 5;

-- An agent's objections to one evaluation.
CREATE TABLE contest (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  evaluation TEXT NOT NULL,
  rater TEXT NOT NULL,
  first_ruler TEXT,  -- who must not rule on the escalation
  state {int} NOT NULL,
  version {int} NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (id, person),
  FOREIGN KEY (evaluation, person) REFERENCES evaluation (id, person)
){strict};
CREATE INDEX contest_by_state ON contest (state, id);
CREATE INDEX contest_by_evaluation ON contest (evaluation, person);

-- One contested question, once for ever; what reports count.
CREATE TABLE contest_item (
  evaluation TEXT NOT NULL,
  person TEXT NOT NULL,
  question TEXT NOT NULL,
  contest TEXT NOT NULL,
  form TEXT NOT NULL,
  rater TEXT NOT NULL,
  create_us {int} NOT NULL,
  outcome {int} NOT NULL,  -- ItemRuling.Outcome; 0 until ruled
  PRIMARY KEY (evaluation, person, question),
  FOREIGN KEY (contest, person) REFERENCES contest (id, person)
){strict};
CREATE INDEX contest_item_by_time ON contest_item (create_us);

-- Words on an evaluation.
CREATE TABLE evaluation_comment (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  evaluation TEXT NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (id, person),
  FOREIGN KEY (evaluation, person) REFERENCES evaluation (id, person)
){strict};
CREATE INDEX evaluation_comment_by_evaluation
  ON evaluation_comment (evaluation, person, id);
