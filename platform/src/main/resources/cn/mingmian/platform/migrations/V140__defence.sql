-- An attack that was noticed; open until a person says what was found.
CREATE TABLE defence_alert (
  id        text PRIMARY KEY,
  attack    text NOT NULL,
  extent    text NOT NULL,
  target    text NOT NULL,
  at        timestamptz NOT NULL,
  evidence  text NOT NULL,
  suspends  boolean NOT NULL,
  lifted_at timestamptz,
  lifted_by text,
  reason    text,
  CHECK ((lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (reason IS NULL))
);
CREATE UNIQUE INDEX defence_alert_open ON defence_alert (attack, extent, target)
  WHERE lifted_at IS NULL;
CREATE INDEX defence_alert_by_time ON defence_alert (at DESC);

-- Where a device belongs: the place of its first report, or what somebody entered since.
CREATE TABLE defence_origin (
  device  text PRIMARY KEY,
  origin  text NOT NULL,
  since   timestamptz NOT NULL,
  told_by text NOT NULL
);
