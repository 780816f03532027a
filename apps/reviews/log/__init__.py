"""The daily action log, and contacts with children and families."""
