"""Questions about rules: the law on a day, its versions, citations, links."""
