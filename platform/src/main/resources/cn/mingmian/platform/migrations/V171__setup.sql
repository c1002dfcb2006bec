-- A whole set-up: written by one person, on record once another has approved it.
CREATE TABLE setup_draft (
  id         text PRIMARY KEY,
  kind       text NOT NULL,
  answers    jsonb NOT NULL,
  -- A draft is replaced once: of two people who change the same one, the second is told.
  replaces   text UNIQUE REFERENCES setup_draft,
  author     text NOT NULL,
  written_at timestamptz NOT NULL
);
CREATE TRIGGER setup_draft_is_kept BEFORE UPDATE OR DELETE ON setup_draft
  FOR EACH ROW EXECUTE FUNCTION rows_are_kept();

CREATE TABLE setup_approval (
  draft       text PRIMARY KEY REFERENCES setup_draft,
  approver    text NOT NULL CHECK (approver NOT LIKE 'system:%'),
  approved_at timestamptz NOT NULL,
  prepared    jsonb NOT NULL
);
CREATE TRIGGER setup_approval_is_kept BEFORE UPDATE OR DELETE ON setup_approval
  FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
