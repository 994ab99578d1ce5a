"""Third-party files kept with ours: beside them a manifest names each with its version, licence and hash."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "ui" / "vendor"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Vendored:
    """One file: the package it is from, that package's version, licence, and the file's SHA-256."""

    name: str
    version: str
    licence: str
    file: str
    sha256: str


def listed(folder: Path = FOLDER) -> tuple[Vendored, ...]:
    """What a folder's manifest names."""
    return tuple(Vendored(**entry) for entry in json.loads((folder / MANIFEST).read_text(encoding="utf-8")))


def digest(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def faults(folder: Path = FOLDER, entries: tuple[Vendored, ...] | None = None) -> list[str]:
    """What disagrees between the manifest and its folder, as sentences; empty when all is well."""
    entries = listed(folder) if entries is None else entries
    named = {entry.file: entry for entry in entries}
    present = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    present.pop(MANIFEST, None)
    found = [f"{file} is vendored but not in the manifest" for file in sorted(present.keys() - named.keys())]
    found += [f"{file} is in the manifest but not vendored" for file in sorted(named.keys() - present.keys())]
    found += [
        f"{file} differs from what the manifest names"
        for file in sorted(present.keys() & named.keys())
        if digest(present[file]) != named[file].sha256
    ]
    return found
