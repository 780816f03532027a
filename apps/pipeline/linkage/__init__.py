"""The pages on which people decide who is who, and what carries their decisions out."""
