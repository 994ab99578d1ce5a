"""A plain reading of a file set, written for the tests and sharing nothing with the writer or the importer."""

from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

KINDS = ("EtabEducNat", "Eleve", "PersRelEleve", "PersEducNat")


@dataclass
class Entry:
    key: str
    values: dict[str, list[str]]

    def one(self, name: str) -> str:
        found = self.values[name]
        assert len(found) <= 1, (name, found)
        return found[0] if found else ""

    def many(self, name: str) -> list[str]:
        return self.values[name]


@dataclass
class FileSet:
    """Entries by kind and key; `names` are those of the files, in order."""

    names: list[str] = field(default_factory=list)
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)

    @property
    def schools(self) -> dict[str, Entry]:
        return self.entries["EtabEducNat"]

    @property
    def pupils(self) -> dict[str, Entry]:
        return self.entries["Eleve"]

    @property
    def relatives(self) -> dict[str, Entry]:
        return self.entries["PersRelEleve"]

    @property
    def staff(self) -> dict[str, Entry]:
        return self.entries["PersEducNat"]

    def ties(self) -> dict[tuple[str, str], list[str]]:
        """By (pupil, relative): the parts after the key."""
        return {
            (pupil.key, value.split("$")[0]): value.split("$")[1:]
            for pupil in self.pupils.values()
            for value in pupil.many("ENTEleveAutoriteParentale")
        }

    def class_values(self) -> list[list[str]]:
        """Each pupil's class: key of school, start, end, key of class, label."""
        return [pupil.one("ENTPersonClasses").split("$") for pupil in self.pupils.values()]


def read_set(folder: Path) -> FileSet:
    """Reads every file of the folder, checked against the DTD beside it; a key twice is an error."""
    found = FileSet()
    with (folder / "ficAlimMENESR.dtd").open("rb") as file:
        dtd = etree.DTD(file)
    for path in sorted(folder.glob("*.xml")):
        found.names.append(path.name)
        tree = etree.parse(path, etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))
        assert dtd.validate(tree), dtd.error_log
        kind = path.stem.split("_")[-2]
        known = found.entries.setdefault(kind, {})
        for element in tree.getroot().iterfind("addRequest"):
            entry = _entry(element, kind)
            assert entry.key not in known
            known[entry.key] = entry
    return found


def _entry(element: etree._Element, kind: str) -> Entry:
    operational, identifier, attributes = element
    assert operational.findtext("attr/value") == kind
    values = {
        attribute.get("name", ""): [value.text for value in attribute if value.text]
        for attribute in attributes
    }
    key = identifier.findtext("id") or ""
    jointure = "ENTStructureJointure" if kind == "EtabEducNat" else "ENTPersonJointure"
    assert values[jointure] == [key]
    return Entry(key, values)
