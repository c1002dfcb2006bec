-- Ways in without a face. A pass is a random number; who holds it is no secret of the pass.
CREATE TABLE qr_pass (
  number      text PRIMARY KEY CHECK (number ~ '^[0-9a-f]{32}$'),
  person      text REFERENCES person,
  site        text NOT NULL REFERENCES site,
  valid_from  timestamptz NOT NULL,
  valid_until timestamptz NOT NULL CHECK (valid_until > valid_from),
  issued_by   text NOT NULL,
  revoked_at  timestamptz,
  revoked_by  text
);
CREATE INDEX qr_pass_by_person ON qr_pass (person) WHERE person IS NOT NULL;

CREATE TABLE one_time_code (
  hash       text PRIMARY KEY,
  person     text REFERENCES person,
  opens      text NOT NULL CHECK (opens IN ('PASSAGE', 'PORTAL')),
  issued_by  text NOT NULL,
  good_until timestamptz NOT NULL,
  used_at    timestamptz,
  CHECK (opens <> 'PORTAL' OR person IS NOT NULL)
);

CREATE TABLE person_pin (
  person      text PRIMARY KEY REFERENCES person,
  salt        bytea NOT NULL CHECK (length(salt) = 16),
  hash        bytea NOT NULL CHECK (length(hash) = 32),
  wrong       integer NOT NULL CHECK (wrong >= 0),
  rests_until timestamptz
);
