CREATE TABLE legal_order (
  id            text PRIMARY KEY,
  kind          text NOT NULL,
  person        text REFERENCES person,
  purpose       text REFERENCES purpose,
  site          text REFERENCES site,
  authority     text NOT NULL,
  document_hash text NOT NULL CHECK (document_hash ~ '^[0-9a-f]{64}$'),
  norm_level    text,
  citation      text,
  ground        text,
  begins_at     timestamptz NOT NULL,
  until_at      timestamptz,
  author        text NOT NULL,
  entered_at    timestamptz NOT NULL,
  approver      text,
  approved_at   timestamptz,
  ended_at      timestamptz,
  ended_by      text,
  end_hash      text CHECK (end_hash ~ '^[0-9a-f]{64}$'),
  CONSTRAINT order_author_is_not_approver CHECK (author <> approver AND approver NOT LIKE 'system:%'),
  CHECK ((approver IS NULL) = (approved_at IS NULL)),
  CHECK ((norm_level IS NULL) = (citation IS NULL)),
  -- What allows something is never in force before it was entered.
  CHECK (approved_at >= entered_at)
);
CREATE INDEX legal_order_by_kind ON legal_order (kind) WHERE ended_at IS NULL;

CREATE FUNCTION order_is_approved_and_ended_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
     OR to_jsonb(NEW) - ARRAY['approver', 'approved_at', 'ended_at', 'ended_by', 'end_hash']
        <> to_jsonb(OLD) - ARRAY['approver', 'approved_at', 'ended_at', 'ended_by', 'end_hash']
     OR (OLD.approver IS NOT NULL AND (NEW.approver, NEW.approved_at) IS DISTINCT FROM (OLD.approver, OLD.approved_at))
     OR OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'an order is approved once and ended once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER legal_order_is_kept BEFORE UPDATE OR DELETE ON legal_order
  FOR EACH ROW EXECUTE FUNCTION order_is_approved_and_ended_once();
