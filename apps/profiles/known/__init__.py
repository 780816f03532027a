"""Is this child known? Asked before a record is made, so that none is made twice."""
