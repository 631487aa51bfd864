"""Links and commitments come in, cards, panel values and agreement go out."""
