"""What is not ours is named with its version, its licence and its hash."""

import json

from core import pdf
from ui import vendoring
from ui.vendoring import Vendored


def test_the_manifest_and_the_files_agree():
    for folder in (vendoring.FOLDER, pdf.FONTS):
        assert vendoring.faults(folder) == []


def test_every_vendored_file_says_its_version_and_licence():
    for entry in vendoring.listed():
        assert entry.name
        assert entry.version[0].isdigit()
        assert entry.licence in {"MIT", "OFL-1.1", "BSD-3-Clause"}


def test_a_file_that_was_touched_added_or_lost_is_found(tmp_path):
    (tmp_path / "manifest.json").write_text(json.dumps([]))
    (tmp_path / "kept.css").write_text("a{}")
    (tmp_path / "new.css").write_text("b{}")
    entries = (
        Vendored("kept", "1", "MIT", "kept.css", "0" * 64),
        Vendored("lost", "1", "MIT", "lost.css", "0" * 64),
    )
    assert vendoring.faults(tmp_path, entries) == [
        "new.css is vendored but not in the manifest",
        "lost.css is in the manifest but not vendored",
        "kept.css differs from what the manifest names",
    ]
