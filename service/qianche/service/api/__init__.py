"""The HTTP API under `/api`, and the two probes."""
