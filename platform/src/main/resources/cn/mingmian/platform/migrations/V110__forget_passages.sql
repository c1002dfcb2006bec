-- What of the audit trail can still be opened, by kind and age: what the sweep of passages looks for.
CREATE INDEX audit_entry_open ON audit_entry (kind, at) WHERE preimage IS NOT NULL;
