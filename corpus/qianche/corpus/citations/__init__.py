"""Citations of rules inside running text: find, read, print."""
