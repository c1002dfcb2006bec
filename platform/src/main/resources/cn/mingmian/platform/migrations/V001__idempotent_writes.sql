-- One row per write that carried an idempotency key; the answer is stored with the effect, in one transaction.
CREATE TABLE idempotent_write (
  caller       text        NOT NULL CHECK (length(caller) BETWEEN 1 AND 128),
  key          text        NOT NULL CHECK (length(key) BETWEEN 1 AND 128),
  request_hash bytea       NOT NULL CHECK (length(request_hash) = 32),
  status       integer     NOT NULL CHECK (status BETWEEN 200 AND 599),
  answer       bytea       NOT NULL CHECK (length(answer) <= 1048576),
  done_at      timestamptz NOT NULL,
  PRIMARY KEY (caller, key)
);
CREATE INDEX idempotent_write_by_time ON idempotent_write (done_at);
