"""Files of reference data: rows by heading, for whoever keeps that data."""

from apps.core import values
from apps.extracts.actions.receiving import stored_files
from apps.extracts.models import Extract
from apps.extracts.readers import read_tables


def reference_rows(*, extract: Extract) -> list[dict[str, str]]:
    """Every row of every table of an extract, heading to text; empty cells are left out. Refused where a file cannot be read."""
    return [
        {
            heading: value
            for heading, cell in zip(table.headings, cells, strict=False)
            if heading and (value := values.clean(cell))
        }
        for name, path in stored_files(extract)
        for table in read_tables(path, name)
        for _number, cells in table.rows
    ]
