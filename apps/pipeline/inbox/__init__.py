"""The watched folder: a way in for systems that can only save a file."""
