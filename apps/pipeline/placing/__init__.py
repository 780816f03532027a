"""Merge, split and move from the page of a child, and the second person who looks at a merge."""
