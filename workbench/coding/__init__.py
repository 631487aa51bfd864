"""Provisions come in, codings go out: sectors, framework references, means, who has to act."""
