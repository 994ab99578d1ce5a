"""Pages to print: drawn from a file beside its app, with fonts of our own."""

import io
from pathlib import Path

import pypdfium2
import pytest
from django.apps import apps

from core import pdf


@pytest.fixture
def app_with_a_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """An app whose folder of pages holds `letter`."""
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "letter.typ").write_text(
        '#set text(font: "Lexend")\n'
        "#let data = json(bytes(sys.inputs.data))\n"
        '#for name in data.names [#name #image(bytes(data.qr), format: "svg", width: 3cm) #pagebreak(weak: true)]\n'
    )
    monkeypatch.setattr(apps.get_app_config("core"), "path", str(tmp_path))
    pdf._source.cache_clear()
    return "core"


def test_a_page_is_drawn_for_each_of_what_is_given(app_with_a_page: str) -> None:
    drawn = pdf.draw(
        app_with_a_page, "letter", {"names": ["Élève Œdipe", "Zoé"], "qr": pdf.qr("https://ent.fr/")}
    )
    pages = pypdfium2.PdfDocument(io.BytesIO(drawn))
    assert [page.get_textpage().get_text_range().strip() for page in pages] == ["Élève Œdipe", "Zoé"]
    assert b"Lexend" in drawn


def test_a_page_that_no_app_keeps_is_an_error(app_with_a_page: str) -> None:
    with pytest.raises(FileNotFoundError):
        pdf.draw(app_with_a_page, "poster", {})
