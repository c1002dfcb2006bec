CREATE TABLE purpose (
  id         text PRIMARY KEY,
  created_at timestamptz NOT NULL,
  ended_at   timestamptz
);
CREATE TABLE purpose_version (
  purpose     text NOT NULL REFERENCES purpose,
  version     integer NOT NULL CHECK (version >= 1),
  terms       jsonb NOT NULL,
  author      text NOT NULL,
  drafted_at  timestamptz NOT NULL,
  approver    text,
  approved_at timestamptz,
  PRIMARY KEY (purpose, version),
  CONSTRAINT purpose_author_is_not_approver CHECK (author <> approver AND approver NOT LIKE 'system:%'),
  CHECK ((approver IS NULL) = (approved_at IS NULL))
);
CREATE TRIGGER purpose_version_is_kept BEFORE UPDATE OR DELETE ON purpose_version
  FOR EACH ROW EXECUTE FUNCTION approval_is_the_only_change();
