"""Engines behind one seam: `protocol` says what search needs, `embedded` is the default implementation."""
