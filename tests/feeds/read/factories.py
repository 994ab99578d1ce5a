"""File sets written for a test: an AAF envelope, records in it, an ONDE CSV."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from feeds.read.aaf import FileJob, jobs, read_file
from feeds.read.fileset import FileSet, open_set
from feeds.read.rows import COLUMNS, Anomaly, Batch, Kind, Relation, told_once

CASES = Path(__file__).parents[2] / "cases"
SAMPLES = Path("/work/shared/samples")
LATEST = "2026-11-25"
HEAD = (
    '<?xml version="1.0" encoding="{encoding}"?>\n'
    '<!DOCTYPE ficAlimMENESR SYSTEM "ficAlimMENESR.dtd">\n<ficAlimMENESR>\n'
)
TAIL = "</ficAlimMENESR>\n"
CATEGORIES = {
    Kind.SCHOOL: "EtabEducNat",
    Kind.PUPIL: "Eleve",
    Kind.RELATIVE: "PersRelEleve",
    Kind.STAFF: "PersEducNat",
}
PUPIL = {
    "ENTPersonJointure": "5000",
    "ENTEleveINE": "110000001AB",
    "ENTPersonDateNaissance": "12/03/2018",
    "ENTPersonNom": "MARTIN",
    "ENTPersonNomPatro": "MARTIN",
    "ENTPersonPrenom": "Léa",
    "ENTPersonStructRattach": "100",
    "ENTPersonClasses": "100$01/09/2026$05/07/2027$C1$CP",
    "ENTEleveNiveau": "COURS PREPARATOIRE",
}
RELATIVE = {"ENTPersonJointure": "2000", "ENTPersonNom": "MARTIN", "ENTPersonPrenom": "Anne"}
STAFF = {"ENTPersonJointure": "8000", "ENTPersonNom": "MOREL", "ENTPersonPrenom": "Gil"}
SCHOOL = {
    "ENTStructureJointure": "100",
    "ENTStructureUAI": "0622101X",
    "ENTStructureNomCourant": "ECOLE ELEMENTAIRE PUBLIQUE$LES LILAS",
    "ENTStructureTypeStruct": "ECOLE ELEMENTAIRE PUBLIQUE",
    "ENTEtablissementContrat": "PU",
}
BASES = {Kind.PUPIL: PUPIL, Kind.RELATIVE: RELATIVE, Kind.STAFF: STAFF, Kind.SCHOOL: SCHOOL}


def record(kind: Kind = Kind.PUPIL, **changed: Any) -> str:
    """An `addRequest` of nine lines or more; a value may be a list, or None to leave the attribute out."""
    attributes = {**BASES[kind], **changed}
    what = "categorieStructure" if kind is Kind.SCHOOL else "categoriePersonne"
    lines = [
        "<addRequest>",
        f'<operationalAttributes><attr name="{what}"><value>{CATEGORIES[kind]}</value></attr></operationalAttributes>',
        "<identifier><id/></identifier>",
        "<attributes>",
    ]
    for name, value in attributes.items():
        if value is not None:
            values = value if isinstance(value, list) else [value]
            lines.append(f'<attr name="{name}">{"".join(f"<value>{one}</value>" for one in values)}</attr>')
    return "\n".join([*lines, "</attributes>", "</addRequest>"]) + "\n"


def xml(*records: str, encoding: str = "UTF-8") -> bytes:
    return (HEAD.format(encoding=encoding) + "".join(records) + TAIL).encode(encoding)


def job(path: Path, data: bytes, kind: Kind = Kind.PUPIL) -> FileJob:
    """One file written to `path` (a folder), as a job."""
    name = f"ENT_X_Complet_20260915_{CATEGORIES[kind]}_0000.xml"
    (path / name).write_bytes(data)
    return FileJob(str(path / name), name, 0, kind, LATEST)


def gather(batches: Iterable[Batch]) -> Batch:
    """All batches as one."""
    whole = Batch()
    for batch in batches:
        for relation, rows in batch.rows.items():
            whole.rows[relation].extend(rows)
        whole.anomalies.extend(batch.anomalies)
        whole.records += batch.records
    return whole


def read(path: Path, *records: str, kind: Kind = Kind.PUPIL, encoding: str = "UTF-8") -> Batch:
    """What is read of some records of one kind."""
    return gather(read_file(job(path, xml(*records, encoding=encoding), kind)))


def read_set(path: Path | str, *, academy: str = "") -> tuple[FileSet, Batch]:
    """A whole set, its anomalies told once."""
    with open_set(path, academy=academy) as found:
        whole = gather(
            batch for one in jobs(found, today=date.fromisoformat(LATEST)) for batch in read_file(one)
        )
    whole.anomalies = list(told_once([*found.anomalies, *whole.anomalies]))
    return found, whole


def dicts(batch: Batch, relation: Relation) -> list[dict[str, Any]]:
    """A relation's rows by the names of their columns."""
    return [dict(zip(COLUMNS[relation], row, strict=True)) for row in batch.rows[relation]]


def one(batch: Batch, relation: Relation) -> dict[str, Any]:
    (row,) = dicts(batch, relation)
    return row


def codes(found: Batch | list[Anomaly]) -> list[str]:
    anomalies = found.anomalies if isinstance(found, Batch) else found
    return [str(anomaly.code) for anomaly in anomalies]
