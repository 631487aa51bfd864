"""Keeps a project: one SQLite file, append-only events, current state derived from them."""
