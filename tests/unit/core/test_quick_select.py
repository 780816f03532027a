from django import forms
from django.test.html import parse_html

from apps.core.forms import QuickSelect

CHOICES = [("", "All schools"), ("7", "St Anne’s & <Elm>"), ("8", "Oak")]


class Quick(forms.Form):
    school = forms.ChoiceField(choices=CHOICES, widget=QuickSelect, required=False, help_text="Where")


class Usual(forms.Form):
    school = forms.ChoiceField(choices=CHOICES, required=False, help_text="Where")


def test_it_draws_what_django_draws():
    for data in ({}, {"school": "8"}, {"school": "nothing"}):
        assert parse_html(str(Quick(data)["school"])) == parse_html(str(Usual(data)["school"]))


def test_names_are_escaped_and_the_choice_is_marked():
    drawn = str(Quick({"school": "7"})["school"])
    assert "&amp; &lt;Elm&gt;" in drawn
    assert '<option value="7" selected>' in drawn
