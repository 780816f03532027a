"""Weekly meetings: agenda, what is agreed about each child, minutes, the pack."""
