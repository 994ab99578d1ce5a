"""What a workbook holds, read without a spreadsheet."""

from typing import IO
from zipfile import ZipFile

from lxml import etree

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells_of(file: IO[bytes]) -> list[list[str]]:
    """The texts of its first sheet, row by row; a cell that is no text fails."""
    with ZipFile(file) as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(f"{_NS}row"):
        cells = list(row.iter(f"{_NS}c"))
        assert all(cell.get("t") == "inlineStr" for cell in cells)
        rows.append(["".join(cell.itertext()) for cell in cells])
    return rows
