CREATE TABLE guardianship (
  id            text PRIMARY KEY,
  child         text NOT NULL REFERENCES person,
  guardian      text NOT NULL REFERENCES person,
  document_hash text NOT NULL CHECK (document_hash ~ '^[0-9a-f]{64}$'),
  verified_by   text NOT NULL CHECK (verified_by NOT LIKE 'system:%'),
  verified_at   timestamptz NOT NULL,
  ended_at      timestamptz,
  CHECK (child <> guardian)
);

CREATE TABLE consent (
  id                text PRIMARY KEY,
  person            text NOT NULL REFERENCES person,
  purpose           text NOT NULL REFERENCES purpose,
  operations        text[] NOT NULL CHECK (cardinality(operations) > 0),
  attributes        text[] NOT NULL,
  recipient         text,
  form              text NOT NULL CHECK (form IN ('SEPARATE', 'WRITTEN', 'BUNDLED', 'IMPLIED')),
  guardianship      text REFERENCES guardianship,
  guardian_verified boolean NOT NULL,
  notice_shown      text NOT NULL REFERENCES notice_shown,
  -- One act, one purpose.
  act               text NOT NULL UNIQUE,
  channel           text NOT NULL,
  pre_ticked        boolean NOT NULL,
  conditional       boolean NOT NULL,
  together_with     text NOT NULL,
  document_hash     text CHECK (document_hash ~ '^[0-9a-f]{64}$'),
  evidence_hash     text NOT NULL CHECK (evidence_hash ~ '^[0-9a-f]{64}$'),
  given_at          timestamptz NOT NULL,
  withdraw_secret   bytea NOT NULL CHECK (length(withdraw_secret) = 32),
  CHECK (form <> 'WRITTEN' OR document_hash IS NOT NULL),
  CHECK (form NOT IN ('SEPARATE', 'WRITTEN') OR together_with = ''),
  CHECK (NOT guardian_verified OR guardianship IS NOT NULL)
);
CREATE INDEX consent_by_person ON consent (person, given_at DESC);
CREATE INDEX consent_by_purpose ON consent (purpose);
CREATE TRIGGER consent_is_kept BEFORE UPDATE OR DELETE ON consent
  FOR EACH ROW EXECUTE FUNCTION rows_are_kept();

-- MEASURES-2025/6.4: a withdrawal is added, the consent that stood before it is not rewritten.
CREATE TABLE consent_withdrawal (
  consent text PRIMARY KEY REFERENCES consent,
  at      timestamptz NOT NULL,
  channel text NOT NULL,
  entry   text NOT NULL
);
CREATE TRIGGER consent_withdrawal_is_kept BEFORE UPDATE OR DELETE ON consent_withdrawal
  FOR EACH ROW EXECUTE FUNCTION rows_are_kept();

CREATE TABLE consent_void (
  consent       text PRIMARY KEY REFERENCES consent,
  at            timestamptz NOT NULL,
  reason        text NOT NULL,
  document_hash text NOT NULL CHECK (document_hash ~ '^[0-9a-f]{64}$'),
  declared_by   text NOT NULL
);
CREATE TRIGGER consent_void_is_kept BEFORE UPDATE OR DELETE ON consent_void
  FOR EACH ROW EXECUTE FUNCTION rows_are_kept();

CREATE TABLE consent_refusal (
  person  text NOT NULL REFERENCES person,
  purpose text NOT NULL REFERENCES purpose,
  at      timestamptz NOT NULL,
  PRIMARY KEY (person, purpose)
);
