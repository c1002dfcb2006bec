CREATE TABLE assessment (
  id         text PRIMARY KEY,
  purpose    text NOT NULL REFERENCES purpose,
  zone       text NOT NULL REFERENCES site_zone,
  version    integer NOT NULL CHECK (version >= 1),
  zone_kind  text NOT NULL,
  sections   jsonb NOT NULL,
  verbs      text[] NOT NULL,
  author     text NOT NULL,
  written_at timestamptz NOT NULL,
  UNIQUE (purpose, zone, version)
);
CREATE TRIGGER assessment_is_kept BEFORE UPDATE OR DELETE ON assessment
  FOR EACH ROW EXECUTE FUNCTION rows_are_kept();

CREATE TABLE assessment_approval (
  assessment  text PRIMARY KEY REFERENCES assessment,
  approver    text NOT NULL CHECK (approver NOT LIKE 'system:%'),
  approved_at timestamptz NOT NULL,
  snapshot    jsonb NOT NULL
);
CREATE TRIGGER assessment_approval_is_kept BEFORE UPDATE OR DELETE ON assessment_approval
  FOR EACH ROW EXECUTE FUNCTION rows_are_kept();

CREATE FUNCTION assessment_author_is_not_approver() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM assessment WHERE id = NEW.assessment AND author = NEW.approver) THEN
    RAISE EXCEPTION 'the author of an assessment does not approve it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER assessment_author_is_not_approver BEFORE INSERT ON assessment_approval
  FOR EACH ROW EXECUTE FUNCTION assessment_author_is_not_approver();

CREATE TABLE assessment_incident (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  purpose     text REFERENCES purpose,
  what        text NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE TRIGGER assessment_incident_is_kept BEFORE UPDATE OR DELETE ON assessment_incident
  FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
