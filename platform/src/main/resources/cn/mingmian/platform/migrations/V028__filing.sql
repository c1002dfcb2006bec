-- One row at most: the day on which 100,000 persons were reached. It latches.
CREATE TABLE filing_threshold (
  one        boolean PRIMARY KEY CHECK (one),
  reached_on date NOT NULL,
  reached_at timestamptz NOT NULL,
  stored     bigint NOT NULL
);
CREATE TRIGGER filing_threshold_latches BEFORE UPDATE OR DELETE ON filing_threshold
  FOR EACH ROW EXECUTE FUNCTION rows_are_kept();

CREATE TABLE filing_act (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  status        text NOT NULL CHECK (status IN ('FILED', 'CANCELLED')),
  done_on       date NOT NULL,
  receipt       text NOT NULL,
  document_hash text NOT NULL CHECK (document_hash ~ '^[0-9a-f]{64}$'),
  recorded_by   text NOT NULL,
  recorded_at   timestamptz NOT NULL
);
CREATE TRIGGER filing_act_is_kept BEFORE UPDATE OR DELETE ON filing_act
  FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
