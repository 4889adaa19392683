"""The encrypted school file: keys, database, audit trail, attachments, backup, lock."""
