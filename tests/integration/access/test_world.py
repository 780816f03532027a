"""The cast the other tests stand on is what it says it is."""

from tests import world as worlds


def test_the_cast_is_built_through_actions(world):
    assert set(world.users) == set(worlds.CAST)
    assert set(world.children) == {"ada", "ben", "cleo", "dan", "eve"}
    assert world.child("dan").restricted
    assert world.child("eve").address_hidden
    assert world.child("ada").setting.urn == worlds.SCHOOL_URN
