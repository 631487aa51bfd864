"""Provisions of two sides come in, suggested links go out."""
