CREATE TABLE control_check (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  family   text NOT NULL,
  name     text NOT NULL,
  passed   boolean NOT NULL,
  evidence text NOT NULL,
  at       timestamptz NOT NULL
);
CREATE INDEX control_check_by_family ON control_check (family, id DESC);

CREATE TABLE mlps (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  level         integer NOT NULL CHECK (level BETWEEN 1 AND 5),
  filing_number text NOT NULL,
  assessed_on   date NOT NULL,
  document_hash text NOT NULL CHECK (document_hash ~ '^[0-9a-f]{64}$'),
  recorded_by   text NOT NULL,
  recorded_at   timestamptz NOT NULL
);
CREATE TRIGGER mlps_is_kept BEFORE UPDATE OR DELETE ON mlps
  FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
