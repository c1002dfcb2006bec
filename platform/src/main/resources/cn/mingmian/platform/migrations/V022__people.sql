CREATE TABLE person (
  id            text PRIMARY KEY,
  version       integer NOT NULL,
  -- Never an identity number, whoever writes it: eighteen digits or seventeen and an X.
  reference     text UNIQUE CHECK (regexp_replace(reference, '[\s-]', '', 'g') !~ '[1-9][0-9]{16}[0-9Xx]'),
  birth_date    date,
  state         text NOT NULL CHECK (state IN ('LIVING', 'DECEASED')),
  registered_at timestamptz NOT NULL
);

CREATE TABLE gallery (
  vault_id text PRIMARY KEY CHECK (vault_id ~ '^[0-9a-f]{32}$'),
  purpose  text NOT NULL REFERENCES purpose,
  site     text NOT NULL REFERENCES site,
  begun_at timestamptz NOT NULL,
  UNIQUE (purpose, site)
);

CREATE TABLE holding (
  id           text PRIMARY KEY,
  person       text NOT NULL REFERENCES person,
  gallery      text NOT NULL REFERENCES gallery,
  template     text NOT NULL UNIQUE CHECK (template ~ '^[0-9a-f]{32}$'),
  model        text NOT NULL,
  state        text NOT NULL CHECK (state IN ('STORED', 'ERASING', 'DESTROYED')),
  stored_at    timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  erasing_at   timestamptz,
  destroyed_at timestamptz,
  erase_secret bytea NOT NULL CHECK (length(erase_secret) = 32),
  CHECK ((state = 'STORED') = (erasing_at IS NULL)),
  CHECK ((state = 'DESTROYED') = (destroyed_at IS NOT NULL))
);
CREATE UNIQUE INDEX holding_once_per_gallery ON holding (person, gallery) WHERE state = 'STORED';
CREATE INDEX holding_by_gallery ON holding (gallery) WHERE state = 'STORED';
CREATE INDEX holding_by_expiry ON holding (expires_at) WHERE state = 'STORED';
CREATE INDEX holding_erasing ON holding (erasing_at) WHERE state = 'ERASING';
CREATE INDEX holding_by_person ON holding (person);

-- MEASURES-2025/8.2: a template's time is set when it is stored; nobody lengthens it, and nothing comes back.
CREATE FUNCTION holding_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'what was held is never deleted' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.expires_at > OLD.expires_at THEN
    RAISE EXCEPTION 'the time of a template is never lengthened' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.person <> OLD.person OR NEW.gallery <> OLD.gallery OR NEW.template <> OLD.template
     OR (OLD.state = 'ERASING' AND NEW.state = 'STORED') OR OLD.state = 'DESTROYED' THEN
    RAISE EXCEPTION 'what was held only ends' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER holding_only_ends BEFORE UPDATE OR DELETE ON holding
  FOR EACH ROW EXECUTE FUNCTION holding_only_ends();
