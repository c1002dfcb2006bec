CREATE TABLE operator_version (
  version         integer PRIMARY KEY CHECK (version >= 1),
  name            text NOT NULL,
  contact         text NOT NULL,
  credit_code     text NOT NULL,
  kind            text NOT NULL,
  public_facing   boolean NOT NULL,
  privacy_officer text NOT NULL,
  recorded_at     timestamptz NOT NULL,
  recorded_by     text NOT NULL
);
CREATE TRIGGER operator_version_is_kept BEFORE UPDATE OR DELETE ON operator_version
  FOR EACH ROW EXECUTE FUNCTION rows_are_kept();

CREATE TABLE site (
  id        text PRIMARY KEY,
  version   integer NOT NULL,
  name      text NOT NULL,
  territory text NOT NULL,
  province  text,
  added_at  timestamptz NOT NULL
);

CREATE TABLE site_zone (
  id          text PRIMARY KEY,
  version     integer NOT NULL,
  site        text NOT NULL REFERENCES site,
  name        text NOT NULL,
  zone        text NOT NULL,
  place       text NOT NULL,
  video_class text NOT NULL,
  added_at    timestamptz NOT NULL,
  -- MEASURES-2025/13.2, VIDEO-REG/8.1: what is private cannot hold a device, by construction: a device row points
  -- to (zone, true), and this column is never true for private space.
  may_hold_device boolean NOT NULL GENERATED ALWAYS AS (
    zone <> 'PRIVATE_SPACE' AND place NOT IN ('GUEST_ROOM', 'PRIVATE_DINING_ROOM', 'STAFF_REST_ROOM', 'PUBLIC_BATH',
      'CHANGING_ROOM', 'TOILET', 'FITTING_ROOM', 'NURSING_ROOM', 'DORM_ROOM')) STORED,
  UNIQUE (id, may_hold_device)
);

CREATE TABLE sign (
  id          text PRIMARY KEY,
  zone        text NOT NULL REFERENCES site_zone,
  photo_hash  text NOT NULL CHECK (photo_hash ~ '^[0-9a-f]{64}$'),
  taken_on    date NOT NULL,
  position    text NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL
);
CREATE INDEX sign_by_zone ON sign (zone);
CREATE TABLE sign_check (
  sign       text NOT NULL REFERENCES sign,
  checked_at timestamptz NOT NULL,
  in_place   boolean NOT NULL,
  checked_by text NOT NULL,
  PRIMARY KEY (sign, checked_at)
);
CREATE TRIGGER sign_check_is_kept BEFORE UPDATE OR DELETE ON sign_check
  FOR EACH ROW EXECUTE FUNCTION rows_are_kept();

CREATE TABLE device (
  id            text PRIMARY KEY,
  version       integer NOT NULL,
  zone          text NOT NULL,
  zone_may_hold boolean NOT NULL DEFAULT true CHECK (zone_may_hold),
  name          text NOT NULL,
  kind          text NOT NULL,
  serial        text NOT NULL,
  catalogued    boolean NOT NULL,
  certificate   text,
  last_tested   date,
  installer     text NOT NULL,
  state         text NOT NULL,
  since         timestamptz NOT NULL,
  why           text NOT NULL,
  CONSTRAINT device_not_in_private_space
    FOREIGN KEY (zone, zone_may_hold) REFERENCES site_zone (id, may_hold_device)
);
CREATE INDEX device_by_zone ON device (zone);

CREATE TABLE checkpoint (
  id         text PRIMARY KEY,
  version    integer NOT NULL,
  name       text NOT NULL,
  device     text NOT NULL REFERENCES device,
  purpose    text NOT NULL REFERENCES purpose,
  face_from  time NOT NULL,
  face_until time NOT NULL,
  added_at   timestamptz NOT NULL
);

CREATE TABLE way_in (
  id                  text PRIMARY KEY,
  checkpoint          text NOT NULL REFERENCES checkpoint,
  kind                text NOT NULL,
  name                text NOT NULL,
  beats_every_seconds bigint NOT NULL CHECK (beats_every_seconds BETWEEN 5 AND 86400),
  last_beat           timestamptz,
  last_beat_outside   boolean NOT NULL DEFAULT false,
  healthy             boolean NOT NULL DEFAULT false,
  reporter            text,
  added_at            timestamptz NOT NULL,
  removed_at          timestamptz
);
CREATE INDEX way_in_by_checkpoint ON way_in (checkpoint);

-- No column here could hold a who.
CREATE TABLE passage (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  checkpoint text NOT NULL REFERENCES checkpoint,
  way        text REFERENCES way_in,
  started_at timestamptz NOT NULL,
  ended_at   timestamptz NOT NULL CHECK (ended_at >= started_at),
  outcome    text NOT NULL,
  reporter   text NOT NULL
);
CREATE INDEX passage_by_way ON passage (checkpoint, way, ended_at);
CREATE INDEX passage_by_time ON passage (ended_at);
