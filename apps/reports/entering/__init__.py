"""What teams can do is entered from a file: one row a team, service, sector and week, found again by its own mark."""
