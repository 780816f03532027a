"""What only the sending agency can tell, as a list for it; and how well records are matched, in figures."""
