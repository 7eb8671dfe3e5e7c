-- Time on the floor, what is owed of it, and what days of work were made of.

CREATE TABLE floor_session (
  id TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES person (id),
  start_us {int} NOT NULL,
  end_us {int} NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (id, person)
){strict};
CREATE INDEX floor_session_by_person ON floor_session (person, start_us, end_us);
CREATE INDEX floor_session_by_start ON floor_session (start_us, id);

-- Of roles for which it was ever set.
CREATE TABLE floor_quota (
  role {int} NOT NULL PRIMARY KEY,
  blocks {int} NOT NULL,  -- the role's bit if owing keeps from submitting, else 0
  body {bytes} NOT NULL
){strict};

CREATE TABLE work_day (
  person TEXT NOT NULL REFERENCES person (id),
  day {int} NOT NULL,
  logged {int} NOT NULL,   -- minutes
  facing {int} NOT NULL,   -- minutes
  idle_chats {int} NOT NULL,
  idle_minutes {int} NOT NULL,
  on_leave {int} NOT NULL CHECK (on_leave IN (0, 1)),
  body {bytes} NOT NULL,
  PRIMARY KEY (person, day)
){strict};
CREATE INDEX work_day_by_day ON work_day (day, person);
