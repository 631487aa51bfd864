"""Results come in, charts, reports and served apps go out."""
