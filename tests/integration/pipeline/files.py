"""Files to send, good and bad, for the early help feed."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

HEADINGS = (
    "EHM ID,Forename,Surname,Date of Birth,Gender,Ethnicity,NHS Number,UPN,Address,Postcode,Episode ID,"
    "Start Date,End Date,Support Level,Reason,Lead Practitioner ID,Last Contact Date,Last Contact By,Last Contact Type"
)


def early_help(*children: tuple[str, str], ended: str = "") -> bytes:
    """Rows of (id, forename); everybody's episode began on the same day."""
    rows = [
        f"{number},{forename},Cole,04/05/2022,,,,,,ZZ2 1ZZ,E{number},01/10/2026,{ended},Family support,,,,,"
        for number, forename in children
    ]
    return "\r\n".join([HEADINGS, *rows, ""]).encode()


def upload(content: bytes, name: str = "early_help.csv") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def zip_bomb() -> bytes:
    """A workbook that unpacks to two hundred megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/worksheets/sheet1.xml", b"0" * (200 << 20))
    return out.getvalue()


#: What is wrong with a file -> (name, content, a word its sentence must hold). None of them may change anything.
BAD = {
    "empty": ("early_help.csv", b"", "empty"),
    "other headings": ("early_help.csv", b"Colour,Size\r\nred,4\r\n", "heading"),
    "not a table": ("early_help.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "early_help.csv"),
    "a page instead": (
        "early_help.csv",
        b"<!DOCTYPE html><html><body>Log in</body></html>",
        "early_help.csv",
    ),
    "a zip bomb": ("early_help.xlsx", zip_bomb(), "early_help.xlsx"),
}
