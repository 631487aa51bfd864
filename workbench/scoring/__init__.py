"""Verdicts and codings come in, indicators, dimensions and the index with its interval go out."""
