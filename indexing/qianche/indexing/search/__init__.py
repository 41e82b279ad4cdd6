"""A hazard description becomes ranked cases and articles with evidence: Haystack components in one pipeline a kind."""
