"""The pages on which a person decides what becomes of a file: commit, release, cancel, undo, commit again."""
