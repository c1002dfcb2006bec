-- Who works for the operator, and as what. A role counts once another hand has approved it.
CREATE TABLE staff (
  id         text PRIMARY KEY,
  name       text NOT NULL UNIQUE CHECK (name ~ '^[a-z][a-z0-9._-]{1,31}$'),
  created_at timestamptz NOT NULL,
  ended_at   timestamptz,
  ended_by   text
);

CREATE TABLE staff_grant (
  id          text PRIMARY KEY,
  number      bigint GENERATED ALWAYS AS IDENTITY,
  staff       text NOT NULL REFERENCES staff,
  roles       text[] NOT NULL CHECK (cardinality(roles) > 0),
  until_at    timestamptz,
  author      text NOT NULL,
  written_at  timestamptz NOT NULL,
  approver    text,
  approved_at timestamptz,
  CONSTRAINT grant_author_is_not_approver CHECK (author <> approver AND approver NOT LIKE 'system:%'),
  CONSTRAINT nobody_grants_oneself CHECK (staff <> author AND (approver IS NULL OR staff <> approver)),
  CONSTRAINT administrators_are_different_hands CHECK (
    ('SYSTEM_ADMIN' = ANY (roles))::int + ('SECURITY_ADMIN' = ANY (roles))::int
      + ('AUDIT_ADMIN' = ANY (roles))::int <= 1),
  CONSTRAINT inspectors_are_nothing_else_and_leave CHECK (
    NOT 'INSPECTOR' = ANY (roles) OR (cardinality(roles) = 1 AND until_at IS NOT NULL)),
  CHECK ((approver IS NULL) = (approved_at IS NULL))
);
CREATE TRIGGER staff_grant_is_kept BEFORE UPDATE OR DELETE ON staff_grant
  FOR EACH ROW EXECUTE FUNCTION approval_is_the_only_change();

-- What a member of staff proves to be themselves with. The second factor's secret is sealed.
CREATE TABLE staff_credential (
  staff        text PRIMARY KEY REFERENCES staff,
  password     text NOT NULL,
  totp         bytea NOT NULL,
  totp_step    bigint NOT NULL DEFAULT 0,
  ready        boolean NOT NULL,
  failures     integer NOT NULL DEFAULT 0,
  locked_until timestamptz,
  set_at       timestamptz NOT NULL
);
CREATE TABLE staff_recovery_code (
  hash  bytea PRIMARY KEY CHECK (length(hash) = 32),
  staff text NOT NULL REFERENCES staff
);
-- A one-time code in two halves: its author holds one, its approver the other, so that neither can
-- be the colleague whom both invited.
CREATE TABLE staff_invitation (
  grant_id   text PRIMARY KEY REFERENCES staff_grant,
  staff      text NOT NULL REFERENCES staff,
  first      bytea NOT NULL CHECK (length(first) = 32),
  second     bytea CHECK (length(second) = 32),
  expires_at timestamptz NOT NULL
);
CREATE TABLE staff_session (
  hash      bytea PRIMARY KEY CHECK (length(hash) = 32),
  staff     text NOT NULL REFERENCES staff,
  begun_at  timestamptz NOT NULL,
  seen_at   timestamptz NOT NULL,
  proved_at timestamptz NOT NULL
);
CREATE INDEX staff_session_of ON staff_session (staff, begun_at);
