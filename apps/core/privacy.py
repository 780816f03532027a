"""What each stored field says about a person; a test fails for any field left out."""


def privacy(identifying: str = "", sensitive: str = "", plain: str = "") -> dict[str, str]:
    """Map field names (space-separated) to ``identifying``, ``sensitive`` or ``plain``; raise ValueError on a repeat."""
    classes: dict[str, str] = {}
    for kind, names in (("identifying", identifying), ("sensitive", sensitive), ("plain", plain)):
        for name in names.split():
            if name in classes:
                raise ValueError(f"Field {name!r} is classified twice")
            classes[name] = kind
    return classes
