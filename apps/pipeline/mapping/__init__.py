"""Feeds of any shape: send a file, say what its columns and values mean, go on to its preview."""
