"""One reader a format: the bytes of a file become pages of blocks, its characters as they are."""
