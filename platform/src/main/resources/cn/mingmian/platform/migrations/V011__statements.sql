-- Dated claims with an author and another person's approval.
CREATE TABLE statement (
  id          text PRIMARY KEY,
  topic       text NOT NULL,
  subject     text NOT NULL,
  body        jsonb NOT NULL,
  author      text NOT NULL,
  made_at     timestamptz NOT NULL,
  approver    text,
  approved_at timestamptz,
  CONSTRAINT statement_author_is_not_approver CHECK (author <> approver AND approver NOT LIKE 'system:%'),
  CHECK ((approver IS NULL) = (approved_at IS NULL)),
  CHECK (approved_at >= made_at)
);
CREATE INDEX statement_by_subject ON statement (topic, subject, approved_at DESC);

-- What was said stays said: a row is only ever approved, once.
CREATE FUNCTION approval_is_the_only_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'rows of % are never deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.approver IS NOT NULL
     OR to_jsonb(NEW) - 'approver' - 'approved_at' <> to_jsonb(OLD) - 'approver' - 'approved_at' THEN
    RAISE EXCEPTION 'rows of % are never changed, only approved', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER statement_is_kept BEFORE UPDATE OR DELETE ON statement
  FOR EACH ROW EXECUTE FUNCTION approval_is_the_only_change();

CREATE FUNCTION rows_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are neither changed nor deleted', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
