-- What is known about a sealed template beside who owns it (see `holding`): by what right it was kept, under which
-- key, and what its destruction left as evidence. No face information.
CREATE TABLE template_seal (
  template     text PRIMARY KEY REFERENCES holding (template),
  face_key     text        NOT NULL CHECK (face_key ~ '^[0-9a-f]{32}$'),
  checkpoint   text        NOT NULL,
  consent      text,
  identifiable boolean     NOT NULL,
  decision     text        NOT NULL,
  reason       text,
  keys_erased  integer,
  bytes_erased bigint,
  epoch        bigint,
  erasure      text
);

-- Ties these records to one vault: a token that both hold. Without it every template would look ownerless.
CREATE TABLE vault_link (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  token    text NOT NULL
);
