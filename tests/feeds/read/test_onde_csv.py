"""What is read of ONDE's three files, whatever hands they went through."""

import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.read.csv_text import read_table
from feeds.read.errors import UnreadableSet
from feeds.read.onde_columns import COLUMNS, find_columns
from feeds.read.onde_csv import OndeSet, read_onde
from feeds.read.rows import Kind, Relation
from tests.feeds.read.factories import LATEST, codes, dicts

PUPILS = "Nom élève;Prénom élève;Date naissance;Classe\r\n"
LEA = "MARTIN;Léa;12/03/2018;CP\r\n"


def read(path: Path) -> OndeSet:
    return read_onde(path, school_key="0623401K", latest_birth=LATEST)


def write(folder: Path, text: str, name: str = "CSVExtraction-eleves.csv", encoding: str = "cp1252") -> Path:
    (folder / name).write_bytes(text.encode(encoding))
    return folder


def refused(path: Path) -> UnreadableSet:
    with pytest.raises(UnreadableSet) as error:
        read(path)
    assert error.value.remedy
    return error.value


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_an_export_reads_the_same_in_every_dress(
    encoding: str, separator: str, end: str, tmp_path: Path
) -> None:
    text = (PUPILS + LEA).replace(";", separator).replace("\r\n", end)
    batch = read(write(tmp_path, text, encoding=encoding)).batch
    (pupil,) = dicts(batch, Relation.PERSON)
    assert (pupil["last_name"], pupil["first_name"], pupil["line"]) == ("MARTIN", "Léa", 2)
    assert batch.anomalies == []


def test_the_line_that_names_a_separator_is_obeyed_and_counted(tmp_path: Path) -> None:
    (pupil,) = dicts(read(write(tmp_path, "sep=;\r\n" + PUPILS + LEA)).batch, Relation.PERSON)
    assert pupil["line"] == 3


@pytest.mark.parametrize(
    "name", ["CSVExtraction-eleves.csv", "CSVExtraction-eleves (1).csv", "0623401K_ÉLÈVES.CSV", "a.csv"]
)
def test_a_file_is_known_by_its_name_else_by_its_headers(name: str, tmp_path: Path) -> None:
    assert [file.kind for file in read(write(tmp_path, PUPILS + LEA, name)).files] == [Kind.PUPIL]


def test_one_file_or_a_zip_of_them_will_do(tmp_path: Path) -> None:
    write(tmp_path, PUPILS + LEA)
    alone = read(tmp_path / "CSVExtraction-eleves.csv").batch.rows
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.write(tmp_path / "CSVExtraction-eleves.csv", "dossier/CSVExtraction-eleves.csv")
    assert read(tmp_path / "export.zip").batch.rows == alone
    assert len(alone[Relation.PERSON]) == 1


@pytest.mark.parametrize(
    ("headers", "sought"),
    [
        ("Nom élève;Prénom élève;Date naissance", "Libellé classe"),
        ("Nom élève;Prénom élève;Classe", "Date naissance"),
        ("Nom élève;Date naissance;Classe", "Prénom élève"),
        ("Prénom élève;Date naissance;Classe", "Nom élève"),
    ],
)
def test_a_missing_column_is_named_with_those_that_were_found(
    headers: str, sought: str, tmp_path: Path
) -> None:
    error = refused(write(tmp_path, headers + "\r\nA;B;C\r\n"))
    assert error.code == "column-missing"
    assert error.fields["sought"] == [sought]
    assert error.fields["found"] == headers.split(";")
    assert sought in error.sentence
    assert all(name in error.sentence for name in headers.split(";"))


def test_relatives_without_a_child_column_are_refused(tmp_path: Path) -> None:
    text = "Nom responsable;Prénom responsable\r\nA;B\r\n"
    assert refused(write(tmp_path, text, "responsables.csv")).fields["sought"] == ["Prénom enfant"]


REFUSED: dict[str, tuple[bytes, str]] = {
    "a PDF": (b"%PDF-1.7", "not-csv"),
    "a workbook": (b"PK\x03\x04", "not-csv"),
    "an empty file": (b"", "not-csv"),
    "blank lines": (b"\r\n;;\r\n", "not-csv"),
    "bytes of no encoding": (PUPILS.encode("cp1252") + b"MARTIN;L\x81a;12/03/2018;CP\r\n", "encoding-lies"),
    "a zero byte": (PUPILS.encode() + b"MARTIN;L\0a;12/03/2018;CP\r\n", "encoding-lies"),
    "a quote left open at the end": (
        (PUPILS + '"MARTIN;Léa;12/03/2018;CP\r\n').encode("cp1252"),
        "csv-quote",
    ),
    "a quote closed by the next row's": (
        (PUPILS + '"MARTIN;"Léa";"12/03/2018";"CP"\r\n"DUPONT";"Luc";"12/03/2018";"CP"\r\n').encode("cp1252"),
        "csv-quote",
    ),
    "a quote left open": (
        (PUPILS + '"MARTIN;Léa;12/03/2018;CP\r\n' + LEA * 40).encode("cp1252"),
        "csv-quote",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_export_is_refused_and_named(what: str, tmp_path: Path) -> None:
    data, code = REFUSED[what]
    (tmp_path / "CSVExtraction-eleves.csv").write_bytes(data)
    error = refused(tmp_path)
    assert error.code == code
    assert error.fields["file"] == "CSVExtraction-eleves.csv"


def test_the_line_of_a_byte_of_no_encoding_and_of_an_open_quote_are_told(tmp_path: Path) -> None:
    for what in ("bytes of no encoding", "a quote left open"):
        (tmp_path / "CSVExtraction-eleves.csv").write_bytes(REFUSED[what][0])
        assert refused(tmp_path).fields["line"] == 2


def test_nothing_to_read_and_two_files_of_one_kind_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "no-usable-file"
    assert refused(tmp_path / "nowhere").code == "path-missing"
    write(tmp_path, PUPILS + LEA)
    write(tmp_path, PUPILS + LEA, "CSVExtraction-eleves (1).csv")
    assert refused(tmp_path).code == "file-twice"


def test_a_file_of_something_else_is_named_and_one_without_rows_is_flagged(tmp_path: Path) -> None:
    write(tmp_path, PUPILS)
    write(tmp_path, "Menu;Prix\r\nSoupe;2\r\n", "cantine.csv")
    assert [(str(a.code), a.refuses) for a in read(tmp_path).batch.anomalies] == [
        ("file-unused", False),
        ("file-empty", True),
    ]


def test_a_row_repeated_counts_once_and_rows_that_differ_are_all_left_out(tmp_path: Path) -> None:
    again = LEA + "MARTIN;LEA;12/03/2018;CE1\r\n"
    once = read(write(tmp_path, PUPILS + LEA + LEA)).batch
    assert (codes(once), len(once.rows[Relation.PERSON])) == (["row-repeated"], 1)
    neither = read(write(tmp_path, PUPILS + again)).batch
    assert codes(neither) == ["row-twice", "row-twice"]
    assert neither.rows[Relation.PERSON] == []
    assert [row["line"] for row in dicts(neither, Relation.BADKEY)] == [2, 3]
    assert "(2, 3)" in neither.anomalies[0].message


def test_two_ines_tell_two_children_of_one_name_and_birth_apart(tmp_path: Path) -> None:
    text = "Nom élève;Prénom élève;Date naissance;Classe;INE\r\nA;B;1/1/2018;CP;110000001AB\r\nA;B;1/1/2018;CP;110000002AB\r\n"
    batch = read(write(tmp_path, text)).batch
    assert len(batch.rows[Relation.PERSON]) == 2
    assert batch.anomalies == []


def test_photo_consent_is_yes_no_or_unsaid(tmp_path: Path) -> None:
    rows = "A;Un;1/1/2018;CP;Oui\r\nA;Deux;1/1/2018;CP;non\r\nA;Trois;1/1/2018;CP;\r\n"
    batch = read(write(tmp_path, PUPILS.replace("\r\n", ";Autorisations photos\r\n") + rows)).batch
    assert [row["photo_consent"] for row in dicts(batch, Relation.PERSON)] == [True, False, None]


def test_a_teacher_of_two_classes_on_two_rows_is_one_and_two_mails_are_two(tmp_path: Path) -> None:
    head = "Nom;Prénom;Courriel;Directeur;Classe\r\n"
    text = (
        head
        + "MOREL;Gil;;non;CP\r\nMorel;gil;gil@example.invalid;Oui;CE1\r\nMOREL;Gil;autre@example.invalid;non;CE2\r\n"
    )
    batch = read(write(tmp_path, text, "enseignants.csv")).batch
    assert [(row["key"], row["email"], row["is_teacher"]) for row in dicts(batch, Relation.PERSON)] == [
        ("row:2", "gil@example.invalid", True),
        ("row:4", "autre@example.invalid", True),
    ]
    assert [(row["key"], row["label"]) for row in dicts(batch, Relation.CLASSVALUE)] == [
        ("row:2", "CP"), ("row:2", "CE1"), ("row:4", "CE2"),
    ]  # fmt: skip
    assert [row["is_head"] for row in dicts(batch, Relation.PLACE)] == [True, False]


RELATIVES = (
    "Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;Adresse responsable;Courriel;"
    "Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants\r\n"
)


@pytest.mark.parametrize(
    ("first", "second", "people"),
    [
        ("1 rue A;a@example.invalid", "2 rue B;A@example.invalid", 1),
        ("1 rue A;", "1, RUE A;a@example.invalid", 1),
        ("1 rue A;a@example.invalid", "1 rue A;b@example.invalid", 2),
        (";", ";", 2),
    ],
)
def test_one_parent_on_two_rows_is_told_by_mail_or_by_address(
    first: str, second: str, people: int, tmp_path: Path
) -> None:
    text = f"{RELATIVES}Mme;;VIAL;Olga;{first};;KOWAL;Ada;CM2\r\nMme;;Vial;OLGA;{second};;KOWAL;Bruno;CP\r\n"
    batch = read(write(tmp_path, text, "responsables.csv")).batch
    assert len(batch.rows[Relation.PERSON]) == people
    assert len(batch.rows[Relation.CHILD]) == 2


def test_one_parent_on_two_rows_is_told_by_a_child_in_common(tmp_path: Path) -> None:
    text = (
        f"{RELATIVES}Mme;;VIAL;Olga;1 rue A;a@example.invalid;;KOWAL;Ada;CM2\r\n"
        "Mme;;VIAL;Olga;2 rue B;b@example.invalid;KOWAL;VIAL;Ada;cm2\r\n"
    )
    batch = read(write(tmp_path, text, "responsables.csv")).batch
    assert len(batch.rows[Relation.PERSON]) == 1


def test_a_child_without_a_first_name_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    text = (
        RELATIVES.replace("\r\n", ";Nom de famille enfant;Prénom enfant\r\n")
        + "M.;;A;B;;;;KOWAL;;CP;KOWAL;Ada\r\n"
    )
    batch = read(write(tmp_path, text, "responsables.csv")).batch
    assert codes(batch) == ["child-incomplete"]
    assert [row["first_name"] for row in dicts(batch, Relation.CHILD)] == ["Ada"]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=15)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_the_physical_line_of_a_row_is_that_of_a_text_editor(rows: list[tuple[str, str]]) -> None:
    quoted = [";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    text = "a;b\n" + "".join(line + "\n" for line in quoted)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(text.encode())
        table = read_table(path, name="a.csv")
    at, expected = 2, []
    for line, row in zip(quoted, rows, strict=True):
        if any(cell and not cell.isspace() for cell in row):
            expected.append(at)
        at += (line + "\n").replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert [line for line, _ in table.rows] == expected


@given(st.permutations([column.labels[-1] for column in COLUMNS[Kind.PUPIL]]))
def test_the_order_of_columns_does_not_count(headers: list[str]) -> None:
    layout = find_columns(Kind.PUPIL, tuple(headers), file="a.csv", line=1)
    for column in COLUMNS[Kind.PUPIL]:
        assert headers[layout.fields[column.field]] == column.labels[-1]
