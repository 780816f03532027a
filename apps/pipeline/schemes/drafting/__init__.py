"""The pages on which a draft is written, part by part."""
