"""The pages of sealed links: for their keepers until they are sealed, then for those named on them."""
