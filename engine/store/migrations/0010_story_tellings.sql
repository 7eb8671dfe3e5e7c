-- Which stories were told in their teams' meetings.

CREATE TABLE story_telling (
  subject TEXT NOT NULL,  -- the whole name
  person TEXT NOT NULL,   -- whose it is
  teller TEXT,            -- NULL for a service account
  tell_us {int} NOT NULL,
  PRIMARY KEY (subject, person)
){strict};
