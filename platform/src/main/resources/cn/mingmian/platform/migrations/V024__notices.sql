CREATE TABLE notice (
  purpose     text NOT NULL REFERENCES purpose,
  site        text NOT NULL REFERENCES site,
  version     integer NOT NULL CHECK (version >= 1),
  text        jsonb NOT NULL,
  author      text NOT NULL,
  written_at  timestamptz NOT NULL,
  approver    text,
  approved_at timestamptz,
  PRIMARY KEY (purpose, site, version),
  CONSTRAINT notice_author_is_not_publisher CHECK (author <> approver AND approver NOT LIKE 'system:%'),
  CHECK ((approver IS NULL) = (approved_at IS NULL))
);
CREATE TRIGGER notice_is_kept BEFORE UPDATE OR DELETE ON notice
  FOR EACH ROW EXECUTE FUNCTION approval_is_the_only_change();

CREATE TABLE notice_shown (
  id      text PRIMARY KEY,
  purpose text NOT NULL,
  site    text NOT NULL,
  version integer NOT NULL,
  channel text NOT NULL,
  session text,
  person  text REFERENCES person,
  at      timestamptz NOT NULL,
  FOREIGN KEY (purpose, site, version) REFERENCES notice
);
CREATE INDEX notice_shown_by_session ON notice_shown (session, at DESC) WHERE session IS NOT NULL;
CREATE INDEX notice_shown_by_person ON notice_shown (person, at DESC) WHERE person IS NOT NULL;

CREATE TABLE public_rules (
  kind        text NOT NULL,
  version     integer NOT NULL CHECK (version >= 1),
  zh          text NOT NULL,
  en          text NOT NULL,
  author      text NOT NULL,
  written_at  timestamptz NOT NULL,
  approver    text,
  approved_at timestamptz,
  PRIMARY KEY (kind, version),
  CONSTRAINT rules_author_is_not_publisher CHECK (author <> approver AND approver NOT LIKE 'system:%'),
  CHECK ((approver IS NULL) = (approved_at IS NULL))
);
CREATE TRIGGER public_rules_are_kept BEFORE UPDATE OR DELETE ON public_rules
  FOR EACH ROW EXECUTE FUNCTION approval_is_the_only_change();
