-- Somebody chose the face at a checkpoint. Nothing is captured by opening a session.
CREATE TABLE checkpoint_session (
  id             text PRIMARY KEY,
  checkpoint     text        NOT NULL,
  site           text        NOT NULL,
  purpose        text        NOT NULL,
  step           text        NOT NULL,
  agreed         boolean     NOT NULL,
  fourteen       boolean     NOT NULL,
  preselected    boolean     NOT NULL,
  purpose_shown  boolean     NOT NULL,
  opened_at      timestamptz NOT NULL,
  closes_at      timestamptz NOT NULL,
  CHECK (closes_at <= opened_at + interval '60 seconds')
);

-- What was asked of the rulebook, the facts it was given, where each came from, and the answer.
-- Texts, not jsonb: the log commits to these very bytes.
CREATE TABLE decision (
  id         text PRIMARY KEY,
  at         timestamptz NOT NULL,
  verb       text        NOT NULL,
  purpose    text        NOT NULL,
  person     text,
  session    text,
  checkpoint text        NOT NULL,
  outcome    text        NOT NULL,
  rulebook   text        NOT NULL,
  facts      text        NOT NULL,
  sources    text        NOT NULL,
  findings   text        NOT NULL,
  entry      text        NOT NULL
);
CREATE INDEX decision_at ON decision (at);
CREATE INDEX decision_person ON decision (person, at) WHERE person IS NOT NULL;

-- A duty that no code has done yet: somebody has to, by its date.
CREATE TABLE duty_task (
  id        text PRIMARY KEY,
  decision  text        NOT NULL,
  kind      text        NOT NULL,
  rule      text        NOT NULL,
  purpose   text        NOT NULL,
  due       text,
  opened_at timestamptz NOT NULL,
  done_at   timestamptz,
  done_by   text,
  evidence  text,
  CHECK ((done_at IS NULL) = (evidence IS NULL))
);
-- One open task for one duty of one purpose, however many decisions ask for it.
CREATE UNIQUE INDEX duty_task_open ON duty_task (purpose, kind, rule) WHERE done_at IS NULL;

-- The processing record that is kept three years: how often, not who.
CREATE TABLE processing_day (
  day      date   NOT NULL,
  purpose  text   NOT NULL,
  checkpoint text NOT NULL,
  verb     text   NOT NULL,
  outcome  text   NOT NULL,
  count    bigint NOT NULL,
  PRIMARY KEY (day, purpose, checkpoint, verb, outcome)
);
