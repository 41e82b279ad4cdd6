"""Files as received become one clean text with pages, blocks and anchors: sniff, read, clean."""
