"""What a what-if tells to who may see no child: no small number, and none that gives one away."""

from types import SimpleNamespace

from apps.pipeline.schemes.presenters import groups, matrix

BANDS = [SimpleNamespace(code=code, label=code.upper()) for code in "abc"]
ASKED = SimpleNamespace(
    children=122, matrix={"a": {"a": 50, "b": 3}, "b": {"b": 40, "c": 9}, "c": {"c": 20}},
    groups=[["Sex", "F", 60, 3, 6], ["Sex", "M", 62, 20, 6], ["Service", "x", 9, 3, 0], ["Service", "y", 50, 20, 30]],
)  # fmt: skip


def told(figures):
    return ["few" if each.few else "withheld" if each.kept else each.number for each in figures]


def test_the_one_small_move_is_not_what_the_total_leaves():
    shown = matrix(ASKED, BANDS, BANDS, named=False)
    assert [told(figures) for _, figures in shown["rows"]] == [
        [50, "few", 0], [0, 40, "withheld"], [0, 0, 20]
    ]  # fmt: skip
    assert shown["moved"].number == 12


def test_moves_that_are_few_in_all_are_not_what_those_who_stay_leave():
    asked = SimpleNamespace(children=93, matrix={"a": {"a": 50, "b": 3}, "b": {"b": 40}})
    shown = matrix(asked, BANDS, BANDS, named=False)
    assert shown["moved"].few
    assert told(shown["rows"][0][1])[1] == "few" and told(shown["rows"][1][1])[1] == "withheld"


def test_who_may_see_the_children_is_told_all():
    shown = matrix(ASKED, BANDS, BANDS, named=True)
    assert [told(figures) for _, figures in shown["rows"]] == [[50, 3, 0], [0, 40, 9], [0, 0, 20]]
    assert told(dict(groups(ASKED, True, {})[0][1])["F"]) == [60, 3, 6]


def test_of_two_parts_of_everybody_one_does_not_give_the_other():
    found = {kind: dict(rows) for kind, rows in groups(ASKED, False, {})}
    assert told(found["Sex"]["F"]) == [60, "few", 6] and told(found["Sex"]["M"]) == [62, "withheld", 6]
    # a child is in several services: they add up to nothing
    assert told(found["Service"]["y"]) == [50, 20, 30]
