-- Staff who want to see what is held of a person: who, of whom, why, and who let them.
CREATE TABLE viewing (
  id           text PRIMARY KEY,
  viewer       text NOT NULL REFERENCES staff,
  person       text NOT NULL REFERENCES person,
  purpose      text NOT NULL REFERENCES purpose,
  reason       text NOT NULL CHECK (length(reason) BETWEEN 4 AND 400),
  author       text NOT NULL,
  requested_at timestamptz NOT NULL,
  approver     text,
  approved_at  timestamptz,
  CHECK (author = viewer),
  CONSTRAINT viewer_is_not_approver CHECK (author <> approver AND approver NOT LIKE 'system:%'),
  CHECK ((approver IS NULL) = (approved_at IS NULL))
);
CREATE INDEX viewing_of ON viewing (person, requested_at);
CREATE TRIGGER viewing_is_kept BEFORE UPDATE OR DELETE ON viewing
  FOR EACH ROW EXECUTE FUNCTION approval_is_the_only_change();
