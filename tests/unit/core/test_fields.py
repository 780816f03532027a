"""Form fields read what people here type, and say what to do when they cannot."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template

from apps.core.forms import DateField, error_links, kind_of


class Visit(forms.Form):
    born = DateField(label="Date of birth")
    kind = forms.ChoiceField(
        label="What for", choices=[("a", "Home"), ("b", "School")], widget=forms.RadioSelect
    )
    told = forms.BooleanField(label="The school was told")
    note = forms.CharField(error_messages={"required": "Write a reason, in your own words"})
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(form: forms.Form, source: str) -> str:
    return Template("{% load vcdb %}" + source).render(Context({"form": form}))


@pytest.mark.parametrize(
    "typed",
    ["3/4/2013", "03/04/2013", "3.4.2013", "3-4-2013", "3 Apr 2013", "3 April 2013", "2013-04-03", "3/4/13"],
)
def test_a_day_is_never_read_the_american_way(typed):
    assert DateField().clean(typed) == date(2013, 4, 3)


@pytest.mark.parametrize("typed", ["4/13/2013", "31/2/2013", "soon"])
def test_a_day_that_is_none_is_refused_with_an_example(typed):
    with pytest.raises(forms.ValidationError, match="like 27/3/2013"):
        DateField().clean(typed)


def test_errors_say_what_to_do_and_lead_to_the_field():
    assert error_links(Visit({"born": "x"})) == [
        ("#id_born", "Enter a real date, like 27/3/2013"),
        ("#id_kind_0", "Choose: What for"),
        ("#id_told", "Tick: The school was told"),
        ("#id_note", "Write a reason, in your own words"),
    ]


def test_every_error_leads_to_something_that_is_there():
    form = Visit({})
    page = drawn(form, "{% fields form %}")
    assert [href for href, _ in error_links(form) if f'id="{href[1:]}"' not in page] == []


def test_errors_of_the_whole_form_lead_nowhere_but_are_said():
    form = Visit({})
    form.add_error(None, "Somebody else decided first")
    assert error_links(form)[0] == ("", "Somebody else decided first")
    assert "Somebody else decided first" in drawn(form, "{% errors form %}")


def test_no_errors_no_summary():
    assert drawn(Visit(), "{% errors form %}").strip() == ""


def test_a_field_is_tied_to_its_hint_and_its_error():
    page = drawn(Visit({}), "{% field form.born %}")
    assert 'aria-describedby="id_born_helptext id_born_error"' in page
    assert 'id="id_born_helptext"' in page and 'id="id_born_error"' in page
    assert '<label for="id_born">Date of birth</label>' in page


def test_choices_stand_in_a_fieldset_with_their_legend():
    page = drawn(Visit(), "{% field form.kind %}")
    assert page.count('type="radio"') == 2
    assert "<fieldset" in page and "<legend>What for</legend>" in page


@pytest.mark.parametrize(
    ("name", "kind"), [("born", "line"), ("kind", "choices"), ("told", "tick"), ("token", "hidden")]
)
def test_how_a_field_is_drawn(name, kind):
    assert kind_of(Visit()[name]) == kind


def test_a_renamed_field_bears_its_new_label_in_the_summary_too():
    page = drawn(Visit({}), '{% rename form.born "Birthday" %}{% errors form %}{% field form.born %}')
    assert ">Enter: Birthday</a>" in page and '<label for="id_born">Birthday</label>' in page
