-- A receipt carries the proof that the consent is in the log, so the consent knows its entry.
ALTER TABLE consent ADD COLUMN entry text;
