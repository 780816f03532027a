import pytest

from apps.matching.rules import REASONS, UNKNOWN_REASON, compare, reason


@pytest.mark.parametrize(
    ("held", "arrived", "verdict"),
    [
        (["Okafor-Bright"], "OKAFOR BRIGHT", "agrees"),
        (["4 Sable Court\nZZ99 3VZ"], "4 Sable Court, ZZ99 3VZ", "agrees"),
        (["Smith", "Jones"], "Jones", "agrees"),
        (["Taiwo"], "Kehinde", "differs"),
        ([""], "Kehinde", "missing"),
        (["Taiwo"], "", "missing"),
        ([], "", "missing"),
    ],
)
def test_a_field_agrees_differs_or_is_missing(held, arrived, verdict):
    assert compare("Forename", held, arrived).verdict == verdict


def test_every_spelling_held_is_shown_once():
    assert compare("Surname", ["Smith", "Smyth", "Smith", ""], "Smith").held == "Smith; Smyth"


def test_a_rule_without_words_of_its_own_still_says_why():
    assert reason("perhaps_twins") == REASONS["perhaps_twins"]
    assert reason("some_later_rule") == UNKNOWN_REASON


def test_every_question_the_policy_can_open_has_its_words_and_no_words_stand_alone():
    from importlib.resources import files

    policy = "".join(
        (files("apps.matching") / name).read_text()
        for name in ("judging.py", "asking.py", "residue.py", "again.py")
    )
    assert {name for name in REASONS if f'"{name}"' in policy} == set(REASONS)
