-- The public keys of devices: whoever holds the private half may act for this device alone.
create table server_device_key (
  id         uuid        primary key,
  device     text        not null,
  public_key bytea       not null unique check (length(public_key) = 32),
  maker      text        not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
