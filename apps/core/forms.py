"""Form fields that read what people here type, and how any field is drawn."""

from html import escape
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

BRITISH = ["%d/%m/%Y", "%d/%m/%y", "%d %m %Y", "%d.%m.%Y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d"]


class DateField(forms.DateField):
    """A day typed as text, dd/mm/yyyy; never read the American way round."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", BRITISH)
        options.setdefault("help_text", "For example, 27/3/2013")
        options.setdefault("error_messages", {"invalid": "Enter a real date, like 27/3/2013"})
        style = {"class": "vcdb-in-m", "inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        options.setdefault("widget", forms.DateInput(format="%d/%m/%Y", attrs=style))
        super().__init__(**options)


class QuickSelect(forms.Select):
    """A select drawn without a template for each option: hundreds of schools in it stay cheap."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The control with its options, without groups of them."""
        chosen = set(self.format_value(value))
        rows = "".join(
            f'<option value="{escape(str(key))}"{" selected" if str(key) in chosen else ""}>{escape(str(label))}</option>'
            for key, label in self.choices
        )
        drawn = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, drawn, mark_safe(rows))  # noqa: S308 escaped above


def kind_of(bound: BoundField) -> str:
    """How the field is drawn: choices (radios, ticks), tick (one box), hidden or line."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "line"


def control(bound: BoundField) -> SafeString:
    """The control alone; Django ties it to its hint and its error by their ids."""
    return bound.as_widget(attrs={"class": "vcdb-check"} if kind_of(bound) == "tick" else None)


def error_links(form: forms.BaseForm) -> list[tuple[str, str]]:
    """(address on the page, sentence) of every error, in the order of the form."""
    found = [("", str(text)) for text in form.non_field_errors()]
    for bound in form:
        found += [(f"#{first_control(bound)}", text) for text in sentences(bound)]
    return found


def sentences(bound: BoundField, label: str = "") -> list[str]:
    """The field's errors; "This field is required." says what to do instead."""
    verb = "Choose" if kind_of(bound) == "choices" or isinstance(bound.field, forms.ChoiceField) else "Enter"
    said = f"{'Tick' if kind_of(bound) == 'tick' else verb}: {label or bound.label}"
    plain = str(bound.field.error_messages.get("required", ""))
    shipped = plain == str(forms.Field.default_error_messages["required"])
    return [said if shipped and text == plain else str(text) for text in bound.errors]


def first_control(bound: BoundField) -> str:
    """The id the error leads to; the first of several choices."""
    return f"{bound.auto_id}_0" if kind_of(bound) == "choices" else bound.id_for_label or bound.auto_id
