-- The outbox of the transparency log. A row is written in the transaction of what it tells, numbered after commit,
-- then published. `entry` is what everybody may read; `salt` and `preimage` open its commitment and may be forgotten.
CREATE TABLE audit_entry (
  seq      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id       text   NOT NULL UNIQUE,
  at       timestamptz NOT NULL,
  kind     text   NOT NULL,
  entry    bytea  NOT NULL CHECK (length(entry) BETWEEN 2 AND 65535),
  number   bigint UNIQUE CHECK (number >= 0),
  subject  text,
  salt     bytea  CHECK (salt IS NULL OR length(salt) = 32),
  preimage bytea,
  CHECK ((salt IS NULL) = (preimage IS NULL))
);
CREATE INDEX audit_entry_waiting ON audit_entry (seq) WHERE number IS NULL;
CREATE INDEX audit_entry_of_subject ON audit_entry (subject, seq) WHERE subject IS NOT NULL;
CREATE INDEX audit_entry_by_kind ON audit_entry (kind, seq);

CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'entries of the audit trail are never deleted' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.seq <> OLD.seq OR NEW.id <> OLD.id OR NEW.at <> OLD.at OR NEW.kind <> OLD.kind OR NEW.entry <> OLD.entry
     OR (OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number)
     OR (NEW.subject IS NOT NULL AND NEW.subject IS DISTINCT FROM OLD.subject)
     OR (NEW.salt IS NOT NULL AND NEW.salt IS DISTINCT FROM OLD.salt)
     OR (NEW.preimage IS NOT NULL AND NEW.preimage IS DISTINCT FROM OLD.preimage) THEN
    RAISE EXCEPTION 'entries of the audit trail are never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only();
CREATE TRIGGER audit_entry_is_never_truncated BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_append_only();
