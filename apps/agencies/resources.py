"""Register rows at the administration's edge: the real column names, as downloaded. Large files go through the ``gias`` feed."""

from collections.abc import Mapping
from typing import Any

from import_export import fields, resources, widgets

from apps.agencies.models import Agency, Kind
from apps.core.spreadsheets import inert


class RegisterDate(widgets.DateWidget):
    """A day as the register writes it."""

    def __init__(self) -> None:
        super().__init__(format="%d-%m-%Y")


class EstablishmentResource(resources.ModelResource):
    """Settings by URN, in the register's columns."""

    urn = fields.Field("urn", "URN")
    name = fields.Field("name", "EstablishmentName")
    phase = fields.Field("phase", "PhaseOfEducation (name)")
    laestab = fields.Field("laestab", "LAEstab")
    phone = fields.Field("phone", "TelephoneNum")
    postcode = fields.Field("postcode", "Postcode")
    opened_on = fields.Field("opened_on", "OpenDate", RegisterDate())
    closed_on = fields.Field("closed_on", "CloseDate", RegisterDate())

    class Meta:
        model = Agency
        import_id_fields = ("urn",)
        fields = ("urn", "name", "phase", "laestab", "phone", "postcode", "opened_on", "closed_on")
        skip_unchanged = True
        use_transactions = True

    def before_import_row(self, row: Any, **options: Any) -> None:
        """The register has the LAEstab in two columns."""
        row["LAEstab"] = row.get("LAEstab") or laestab_of(row)

    def before_save_instance(self, instance: Agency, row: Any, **options: Any) -> None:
        """A new setting gets the code every import gives it."""
        instance.code = instance.code or f"urn-{instance.urn}".lower()
        instance.kind = instance.kind or Kind.SCHOOL

    def export_field(self, *args: Any, **options: Any) -> Any:
        """A name that a spreadsheet program would run is made harmless: the library's own setting stops at "="."""
        value = super().export_field(*args, **options)
        return inert(value) if isinstance(value, str) else value

    def after_import(self, dataset: Any, result: Any, **options: Any) -> None:
        """No id is ever imported, so no sequence needs moving on (which the web role could not do)."""


def laestab_of(row: Mapping[str, Any]) -> str:
    """Authority and establishment number, as censuses write a school."""
    return f"{row.get('LA (code)') or ''}{row.get('EstablishmentNumber') or ''}"
