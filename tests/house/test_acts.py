"""Every act that the code records has its words in the log."""

import ast
import re

from admin_console.audit.words import ACTS
from tests.house.rooms import sources

# What files that record acts also say and is none: keys of SQL, lookups, names of jobs.
VERB = re.compile(
    r"(account|administrator|block|class|communication|documents|favourite|file|group|person|photo|resource"
    r"|school|share|sheet|tie)\.[a-z_]+"
)


def recorded() -> set[str]:
    """The verbs said in files that record acts."""
    found = set()
    for path in sources():
        text = path.read_text(encoding="utf-8")
        if "audit" not in text or path.parts[-3:-1] == ("admin_console", "audit"):
            continue
        if not re.search(r"audit\.record|Entry\(|record_all", text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and VERB.fullmatch(node.value):
                found.add(node.value)
    return found


def test_every_act_recorded_has_its_words() -> None:
    assert sorted(recorded() - set(ACTS)) == [], "add them to admin_console/audit/words.py"
    assert len(recorded()) > 40
