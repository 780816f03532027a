"""When an extract must wait for a person. Pure."""

#: Below this many endings a share says nothing: two of a team's nine cases may well close in a week.
FEW_ENDINGS = 10


def reason_to_hold(*, ended: int, open_before: int, max_ended_percent: int) -> str:
    """The sentence that holds an extract which would end too large a share of what is open, or an empty string."""
    if ended <= FEW_ENDINGS or ended * 100 <= open_before * max_ended_percent:
        return ""
    return (
        f"This extract would end {ended} of {open_before} open involvements, more than the {max_ended_percent}% allowed for"
        " this feed. Nothing was changed. Check with the sending agency that the file is complete."
    )
