"""Bytes of a file come in, a Document goes out: blocks of text with page and position."""
