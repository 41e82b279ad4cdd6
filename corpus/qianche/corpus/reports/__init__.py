"""The text of an investigation report becomes drafts of cases: parts, fields, evidence."""
