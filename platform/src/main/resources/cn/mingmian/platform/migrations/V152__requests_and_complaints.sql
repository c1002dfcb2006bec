CREATE TABLE rights_request (
  id          text PRIMARY KEY,
  person      text NOT NULL REFERENCES person,
  kind        text NOT NULL,
  text        text NOT NULL,
  minor       boolean NOT NULL,
  received_at timestamptz NOT NULL,
  due         date NOT NULL,
  opened_at   timestamptz,
  opened_by   text,
  granted     boolean,
  reason_zh   text,
  reason_en   text,
  answered_by text CHECK (answered_by NOT LIKE 'system:%'),
  answered_at timestamptz,
  -- Nobody decides about what nobody looked at, and no answer is without its reason.
  CHECK (answered_at IS NULL OR (opened_at IS NOT NULL AND granted IS NOT NULL
    AND reason_zh <> '' AND reason_en <> '' AND answered_by IS NOT NULL))
);
CREATE INDEX rights_request_by_person ON rights_request (person, received_at DESC);
CREATE INDEX rights_request_waiting ON rights_request (due) WHERE answered_at IS NULL;

CREATE TABLE complaint (
  number      text PRIMARY KEY,
  about       text NOT NULL,
  text        text NOT NULL,
  contact     text,
  received_at timestamptz NOT NULL,
  state       text NOT NULL,
  changed_at  timestamptz NOT NULL,
  result      text
);
