-- The server's own tables; no person, no face.

create table server_api_key (
  id         uuid        primary key,
  hash       bytea       not null unique check (length(hash) = 32),
  label      text        not null,
  holder     text        not null,
  scopes     text        not null,
  purpose    text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);

create table server_idempotency (
  caller       text        not null,
  key          text        not null,
  request_hash bytea       not null,
  run          uuid        not null,
  status       integer,
  content_type text,
  location     text,
  body         bytea,
  expires_at   timestamptz not null,
  primary key (caller, key)
);

create index server_idempotency_expires on server_idempotency (expires_at);
