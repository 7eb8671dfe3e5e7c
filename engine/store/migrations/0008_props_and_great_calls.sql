-- Props and invitations to them, great calls and kudos, relationship value,
-- cancellation calls.

CREATE TABLE prop_invite (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  contact TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  state {int} NOT NULL,  -- 1 open, 2 used, 3 replaced
  expire_us {int} NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (id, person),
  FOREIGN KEY (contact, person) REFERENCES contact (id, person)
){strict};
CREATE UNIQUE INDEX prop_invite_open
  ON prop_invite (contact, person) WHERE state = 1;

-- What customers said.  Taken back (state 4), a row has none of their words.
CREATE TABLE prop (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  contact TEXT NOT NULL,
  receipt_hash TEXT NOT NULL,
  state {int} NOT NULL,
  consent {int} NOT NULL CHECK (consent IN (0, 1)),
  counted {int} NOT NULL CHECK (counted IN (0, 1)),
  version {int} NOT NULL,
  search_key {int} NOT NULL,
  words TEXT NOT NULL,  -- empty while hidden
  body {bytes} NOT NULL,
  PRIMARY KEY (id, person),
  FOREIGN KEY (contact, person) REFERENCES contact (id, person)
){strict};
CREATE UNIQUE INDEX prop_once ON prop (contact, person);
CREATE INDEX prop_by_person ON prop (person, id);
CREATE INDEX prop_by_state ON prop (state, id);
{searchable prop}

CREATE TABLE great_call (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  contact TEXT NOT NULL,
  form TEXT NOT NULL,
  section TEXT NOT NULL,
  value TEXT NOT NULL,
  nominator TEXT NOT NULL,  -- empty for a service account
  state {int} NOT NULL,
  kudos {int} NOT NULL,
  search_key {int} NOT NULL,
  words TEXT NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (id, person),
  FOREIGN KEY (contact, person) REFERENCES contact (id, person)
){strict};
-- What was declined (state 3) may be nominated anew.
CREATE UNIQUE INDEX great_call_once
  ON great_call (contact, person, form, section) WHERE state <> 3;
CREATE INDEX great_call_by_person ON great_call (person, id);
CREATE INDEX great_call_by_state ON great_call (state, id);
{searchable great_call}

CREATE TABLE great_call_kudos (
  great_call TEXT NOT NULL,
  person TEXT NOT NULL,
  giver TEXT NOT NULL,
  create_us {int} NOT NULL,
  PRIMARY KEY (great_call, person, giver),
  FOREIGN KEY (great_call, person) REFERENCES great_call (id, person)
){strict};

CREATE TABLE relationship_value (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  kind {int} NOT NULL,
  day {int} NOT NULL,
  units {int} NOT NULL,
  contact TEXT,  -- NULL: of no contact
  body {bytes} NOT NULL,
  PRIMARY KEY (id, person),
  FOREIGN KEY (contact, person) REFERENCES contact (id, person)
){strict};
CREATE INDEX relationship_value_by_person ON relationship_value (person, id);
CREATE INDEX relationship_value_by_day
  ON relationship_value (day, person, kind, units);
CREATE INDEX relationship_value_by_contact
  ON relationship_value (kind, contact, person) WHERE contact IS NOT NULL;

-- One a contact.  All that the report looks at, so that it reads no body.
CREATE TABLE cancellation (
  contact TEXT NOT NULL,
  person TEXT NOT NULL,
  day {int} NOT NULL,  -- of the contact
  asked {int} NOT NULL CHECK (asked IN (0, 1)),
  given {int} NOT NULL CHECK (given IN (0, 1)),
  reason {int} NOT NULL,
  offers {int} NOT NULL,
  minutes {int},  -- NULL: nothing was to be processed
  result {int} NOT NULL,
  version {int} NOT NULL,
  body {bytes} NOT NULL,
  PRIMARY KEY (contact, person),
  FOREIGN KEY (contact, person) REFERENCES contact (id, person)
){strict};
CREATE INDEX cancellation_by_day ON cancellation (day, contact, person);
CREATE INDEX cancellation_by_person ON cancellation (person, day);
