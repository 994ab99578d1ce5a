"""School names out of their capitals."""

import pytest

from feeds.read.school_names import is_private, school_kind, school_name


@pytest.mark.parametrize(
    ("current", "shown"),
    [
        (
            "ECOLE ELEMENTAIRE PUBLIQUE$ROSA PARKS-VILLEAUBIN",
            "École élémentaire publique Rosa Parks-Villeaubin",
        ),
        ("ECOLE MATERNELLE PUBLIQUE$LES MÛRIERS", "École maternelle publique Les Mûriers"),
        (
            "ECOLE PRIMAIRE PRIVEE$NOTRE DAME DE L'ASSOMPTION",
            "École primaire privée Notre Dame de l’Assomption",
        ),
        ("COLLEGE$JEAN XXIII", "Collège Jean XXIII"),
        ("ECOLE ELEMENTAIRE$HENRI IV", "École élémentaire Henri IV"),
        ("ECOLE PRIMAIRE PUBLIQUE$RPI DU VAL D'ORGE", "École primaire publique RPI du Val d’Orge"),
        ("ECOLE ELEMENTAIRE D'APPLICATION$J. FERRY B", "École élémentaire d’application J. Ferry B"),
        ("ECOLE PRIMAIRE SAINT-JEAN-SUR-MER", "École primaire Saint-Jean-sur-Mer"),
        ("École Les Lilas", "École Les Lilas"),
        ("$LES LILAS", "Les Lilas"),
    ],
)
def test_a_school_name_reads_as_people_write_it(current: str, shown: str) -> None:
    assert school_name(current) == shown


def test_a_school_without_a_name_is_called_by_its_type() -> None:
    assert school_name("", "ECOLE MATERNELLE PUBLIQUE") == "École maternelle publique"
    assert school_name("") == ""


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        (("ECOLE MATERNELLE PUBLIQUE",), "NURSERY"),
        (("ECOLE ELEMENTAIRE D'APPLICATION",), "ELEMENTARY"),
        (("ÉCOLE PRIMAIRE PRIVÉE",), "PRIMARY"),
        (("COLLEGE",), "COLLEGE"),
        (("", "E.M.PU"), "NURSERY"),
        (("", "", "ECOLE PRIMAIRE$LES LILAS"), "PRIMARY"),
        (("CENTRE MEDICO",), ""),
    ],
)
def test_what_a_school_teaches_is_told_by_its_type(labels: tuple[str, ...], kind: str) -> None:
    assert school_kind(*labels) == kind


def test_a_school_is_private_by_contract_else_by_its_words() -> None:
    assert not is_private("PU", "ECOLE PRIMAIRE PRIVEE")
    assert is_private("CO", "")
    assert is_private("", "ECOLE PRIMAIRE PRIVEE")
    assert not is_private("", "ECOLE PRIMAIRE PUBLIQUE")
