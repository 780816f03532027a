"""Text that goes into files for spreadsheet programs."""

#: A cell that begins with one of these is taken for a formula by spreadsheet programs (OWASP: CSV injection).
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(text: str) -> str:
    """The text with an apostrophe before anything a spreadsheet program would run."""
    return f"'{text}" if text.startswith(RUNS) else text
