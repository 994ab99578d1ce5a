"""XML that is hostile, cut, or no XML refuses the set, with file and line."""

import pickle
from pathlib import Path

import pytest

from feeds.read.aaf import read_file
from feeds.read.codes import SetCode
from feeds.read.envelope import LONGEST_RECORD
from feeds.read.errors import UnreadableSet
from feeds.read.rows import Relation
from tests.feeds.read.factories import HEAD, TAIL, job, read, record, xml

PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n'
NEST = "<a>" * 30 + "</a>" * 30
BIG = xml(record())
REFUSED: dict[str, tuple[bytes, str]] = {
    "a PDF": (b"%PDF-1.7\n...", "not-xml"),
    "a workbook": (b"PK\x03\x04...", "not-xml"),
    "an empty file": (b"", "not-xml"),
    "plain text": (b"Bonjour", "not-xml"),
    "cut in a record": (BIG[:-200], "xml-cut"),
    "cut between records": (BIG.replace(TAIL.encode(), b""), "xml-cut"),
    "cut in its head": (BIG[:60], "xml-cut"),
    "cut before its root": (PROLOG.encode(), "xml-cut"),
    "tags that cross": (BIG.replace(b"</attributes>", b"</attribute>", 1), "xml-broken"),
    "a forbidden character": (xml(record(ENTPersonNom="A\x01B")), "xml-broken"),
    "a page": (b"<html><body/></html>", "wrong-root"),
    "an entity of its own": (
        f'{PROLOG}<!DOCTYPE ficAlimMENESR [<!ENTITY a "aaa">]>\n<ficAlimMENESR/>'.encode(),
        "xml-entity",
    ),
    "entities by the billion": (
        f'{PROLOG}<!DOCTYPE ficAlimMENESR SYSTEM "x.dtd" [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]>\n'
        f"<ficAlimMENESR>&b;</ficAlimMENESR>".encode(),
        "xml-entity",
    ),
    "a file of the machine as entity": (
        f'{PROLOG}<!DOCTYPE ficAlimMENESR [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>\n<ficAlimMENESR/>'.encode(),
        "xml-entity",
    ),
    "an entity that nobody declared": (xml(record(ENTPersonNom="No&euml;l")), "xml-entity"),
    "a DTD elsewhere": (
        f'{PROLOG}<!DOCTYPE ficAlimMENESR SYSTEM "http://example.invalid/x.dtd">\n<ficAlimMENESR/>'.encode(),
        "xml-external-dtd",
    ),
    "a DTD above": (
        f'{PROLOG}<!DOCTYPE ficAlimMENESR SYSTEM "../x.dtd">\n<ficAlimMENESR/>'.encode(),
        "xml-external-dtd",
    ),
    "a public DTD": (
        f'{PROLOG}<!DOCTYPE ficAlimMENESR PUBLIC "a" "x.dtd">\n<ficAlimMENESR/>'.encode(),
        "xml-external-dtd",
    ),
    "depth in a value": (xml(record(ENTPersonNom=NEST)), "xml-too-deep"),
    "depth in a value of a list": (xml(record(ENTPersonStructRattach=NEST)), "xml-too-deep"),
    "depth between records": (xml(NEST, record()), "xml-too-deep"),
    "depth after records": (xml(record(), NEST), "xml-too-deep"),
    "depth past the parser's own": (xml(record(ENTPersonNom="<a>" * 400 + "</a>" * 400)), "xml-too-deep"),
    "an element in a value": (xml(record(ENTPersonNom="<b>MARTIN</b>")), "unexpected-element"),
    "records in a wrapper": (xml("<lot>", record(), "</lot>"), "unexpected-element"),
    "a text without end": (xml(record(ENTPersonNom="A" * (LONGEST_RECORD + 100_000))), "xml-too-big"),
    "a comment without end": (xml(record(), f"<!--{'a' * (2 * LONGEST_RECORD)}-->"), "xml-too-big"),
    "a change": (xml(record().replace("addRequest", "modifyRequest")), "difference-set"),
    "a deletion": (xml(record().replace("addRequest", "deleteRequest")), "difference-set"),
    "an encoding of another world": (BIG.replace(b"UTF-8", b"UTF-7"), "encoding-unknown"),
    "UTF-16": (BIG.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "encoding-unknown"),
    "Latin bytes said to be UTF-8": (BIG.decode().encode("latin-1"), "encoding-lies"),
    "UTF-8 bytes said to be ISO": (BIG.replace(b"UTF-8", b"ISO-8859-15"), "encoding-lies"),
    "Windows bytes said to be ISO": (
        BIG.decode().replace("UTF-8", "ISO-8859-1").replace("Léa", "Cœlia").encode("cp1252"),
        "encoding-lies",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_feed_refuses_the_set_and_names_the_file(what: str, tmp_path: Path) -> None:
    data, code = REFUSED[what]
    with pytest.raises(UnreadableSet) as refused:
        list(read_file(job(tmp_path, data)))
    assert refused.value.code == code
    assert refused.value.fields["file"] == "ENT_X_Complet_20260915_Eleve_0000.xml"
    assert "ENT_X_Complet_20260915_Eleve_0000.xml" in refused.value.sentence
    assert refused.value.remedy


def test_the_same_envelope_without_the_fault_is_read(tmp_path: Path) -> None:
    batch = read(tmp_path, record(ENTPersonNom="MARTIN"))
    assert len(batch.rows[Relation.PERSON]) == 1
    assert batch.anomalies == []


def test_the_line_of_a_fault_is_told(tmp_path: Path) -> None:
    data = xml(record(), record(ENTPersonJointure="5001", ENTPersonNom=NEST))
    with pytest.raises(UnreadableSet) as refused:
        list(read_file(job(tmp_path, data)))
    assert refused.value.fields["line"] == 4 + record().count("\n") + 7


def test_the_dtd_beside_the_file_is_neither_needed_nor_read(tmp_path: Path) -> None:
    (tmp_path / "ficAlimMENESR.dtd").write_text(
        '<!ENTITY euml "ë"><!ATTLIST attr name CDATA "x">', encoding="utf-8"
    )
    with pytest.raises(UnreadableSet, match="entité XML"):
        read(tmp_path, record(ENTPersonPrenom="No&euml;lle"))


def test_comments_and_sections_within_a_value_lose_none_of_it(tmp_path: Path) -> None:
    batch = read(tmp_path, record(ENTPersonNom="MAR<!-- x -->TIN", ENTPersonPrenom="<![CDATA[L & L]]>a"))
    (person,) = batch.rows[Relation.PERSON]
    assert person[7] == "MARTIN"
    assert person[9] == "L & La"


def test_an_error_comes_back_whole_from_another_process() -> None:
    error = UnreadableSet(SetCode.DIFFERENCE_SET, "Non.", remedy="Demandez.", file="a.xml", line=3)
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.sentence, again.remedy, again.fields, again.exit_code) == (
        "difference-set", "Non.", "Demandez.", {"file": "a.xml", "line": 3}, 3,
    )  # fmt: skip


def test_the_line_of_a_record_is_right_far_beyond_65535_lines(tmp_path: Path) -> None:
    pupil = record()
    shapes = [pupil, pupil.replace(">\n<attr ", "><attr "), "\n\n" + pupil, "<!-- a\nb -->" + pupil]
    body, lines, at = [], [], HEAD.count("\n") + 1
    for number in range(9000):
        shape = shapes[number % len(shapes)]
        lines.append(at + shape[: shape.index("<addRequest")].count("\n"))
        at += shape.count("\n")
        body.append(shape)
    assert at > 100_000
    batch_lines = [
        row[0] for batch in read_file(job(tmp_path, xml(*body))) for row in batch.rows[Relation.PERSON]
    ]
    assert batch_lines == lines
