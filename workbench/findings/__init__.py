"""Judged commitments come in, gaps, conflicts and innovations go out."""
