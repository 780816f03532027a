"""Errors whose text is meant for the person at the screen."""


class Refused(Exception):
    """A request that may not go ahead; ``str()`` is one plain sentence that says why and what to do."""


class NotVisible(Refused):
    """The thing asked for is missing or outside the person's reach: both answer alike."""
