"""Records become an index, a query becomes ranked hits."""
