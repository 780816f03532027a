"""The way in for other systems: files sent over HTTP with a token, and what became of them."""
