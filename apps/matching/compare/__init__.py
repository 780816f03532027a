"""How two accounts of a child compare, field by field: pure functions over normalised words, each answering a level."""
