"""Texts become records: accident cases, rules and their versions. Knows nothing of search or HTTP."""
