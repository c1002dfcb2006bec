-- The life of each epoch key of each vault, so that every change is told once and a certificate can say when copies
-- died. The keys themselves are in the vault; `copies` counts the backups that were made of one.
CREATE TABLE epoch_key (
  vault        text        NOT NULL CHECK (vault ~ '^[0-9a-f]{32}$'),
  number       bigint      NOT NULL CHECK (number > 0),
  begun_at     timestamptz NOT NULL,
  destroyed_at timestamptz,
  copies       integer     NOT NULL DEFAULT 0,
  PRIMARY KEY (vault, number)
);
