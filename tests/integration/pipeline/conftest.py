"""The watched folder of a test."""

import pytest


@pytest.fixture
def root(tmp_path):
    (tmp_path / "early_help").mkdir()
    return tmp_path


@pytest.fixture
def feed(root):
    return root / "early_help"


@pytest.fixture
def look(root):
    """Look once, and load at once what is taken."""
    from apps.pipeline import actions
    from apps.pipeline.inbox import actions as inbox

    def looked(start=None, quiet=0.0):
        return inbox.watch(root=root, start=start or (lambda run: actions.execute(run=run)), quiet=quiet)

    return looked
