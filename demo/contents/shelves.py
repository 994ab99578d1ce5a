"""What each of the demo's people keeps, as data: folders, what lies in them, whom they are shared with.

An audience is one of: `class` (pupils of the owner's class), `families` (their relatives), `team` (the
teachers of the school), `manual` (a group made by hand), `favourite`, `pupil`, `relative`, `colleague`
(each one person, by name), `teacher` (those of the class).
"""

from dataclasses import dataclass

from sharing.enums import Role


@dataclass(frozen=True, slots=True)
class Item:
    """A file: `make` is `picture:<subject>`, `pdf` or `text`; `before`, what a former version held; `said`, what
    the first person whom its folder is shared with wrote under it."""

    name: str
    make: str
    paragraphs: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    starred: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder, in whose hands and how far; in the trash or not."""

    name: str
    items: tuple[Item, ...]
    shared: tuple[tuple[str, Role], ...] = ()
    inside: tuple["Shelf", ...] = ()
    starred: bool = False
    trashed: bool = False


TEACHER = (
    Shelf(
        "Classe découverte",
        (
            Item(
                "Programme de la semaine.pdf",
                "pdf",
                (
                    "Lundi : installation et promenade autour du lac.",
                    "Mardi : l’herbier, puis la ferme et ses chèvres.",
                    "Mercredi : lecture de paysage, veillée contes.",
                    "Jeudi : le moulin et la farine. Vendredi : retour vers 16 h.",
                ),
                starred=True,
            ),
            Item(
                "Trousseau.txt",
                "text",
                (
                    "Deux paires de chaussures, un vêtement de pluie, une gourde.",
                    "Ni bonbons ni appareils : nous ferons les photos pour tout le monde.",
                ),
                before=("Deux paires de chaussures, un vêtement de pluie.",),
            ),
        ),
        (("families", Role.READ), ("class", Role.READ)),
        (
            Shelf(
                "Photos de la promenade",
                tuple(
                    Item(f"Promenade {number}.jpg", f"picture:{subject}")
                    for number, subject in enumerate(
                        ("forest", "garden", "sea", "forest", "school", "garden"), 1
                    )
                ),
            ),
        ),
    ),
    Shelf(
        "Exposés des élèves",
        (
            Item(
                "Choisir son sujet.pdf",
                "pdf",
                (
                    "Un animal, un métier ou un monument : une question, trois réponses, une image.",
                    "Chacun dépose ici son travail ; on le présente en cinq minutes.",
                ),
            ),
        ),
        (("class", Role.CONTRIBUTE),),
    ),
    Shelf(
        "Aménagements",
        (
            Item(
                "Ce qui aide en lecture.pdf",
                "pdf",
                (
                    "Police plus grande, interligne aéré, consignes lues à voix haute.",
                    "Un tiers de temps en plus pour les évaluations.",
                ),
            ),
        ),
        (("pupil", Role.READ), ("relative", Role.COMMENT)),
    ),
    Shelf(
        "Chorale",
        (
            Item(
                "Paroles.pdf",
                "pdf",
                (
                    "Premier couplet : les oiseaux du préau.",
                    "Refrain, deux fois, les plus petits d’abord.",
                ),
            ),
            Item("Affiche.jpg", "picture:garden"),
        ),
        (("favourite", Role.READ),),
    ),
    Shelf(
        "Projet jardin",
        (
            Item("Plan des bacs.jpg", "picture:garden"),
            Item(
                "Calendrier des semis.pdf",
                "pdf",
                ("Octobre : fèves et ail. Mars : radis, pois. Mai : tomates et courges.",),
            ),
        ),
        (("manual", Role.CONTRIBUTE), ("colleague", Role.MANAGE)),
        starred=True,
    ),
    Shelf(
        "Brouillons de la rentrée",
        (
            Item("Plan de classe.txt", "text", ("Deux îlots près des fenêtres, le coin lecture au fond.",)),
            Item("Étiquettes.jpg", "picture:school"),
        ),
        trashed=True,
    ),
    Shelf(
        "Préparations",
        (
            Item("Fractions, séance 1.pdf", "pdf", ("Partager une bande, nommer les parts, comparer.",)),
            Item("Dictées de la période 2.txt", "text", ("Lundi : le marché. Jeudi : la neige.",)),
        ),
    ),
)

DIRECTOR = (
    Shelf(
        "Vie de l’école",
        (
            Item(
                "Calendrier des réunions.pdf",
                "pdf",
                (
                    "Conseil des maîtres : un mardi sur deux, à 16 h 45.",
                    "Conseil d’école : une fois par trimestre.",
                ),
            ),
            Item("Façade.jpg", "picture:school"),
        ),
        (("team", Role.CONTRIBUTE),),
    ),
    Shelf(
        "Informations aux familles",
        (
            Item(
                "Horaires et accueil.pdf",
                "pdf",
                (
                    "Le portail ouvre dix minutes avant la classe, le matin et l’après-midi.",
                    "En cas d’absence, prévenez l’école avant 9 h.",
                ),
            ),
        ),
        (("families", Role.READ),),
    ),
)

PUPIL = (
    Shelf(
        "Mes dessins",
        (
            Item("La mer.jpg", "picture:sea", said="Quelles belles vagues ! Raconte-nous où va ce bateau."),
            Item("Mon jardin.jpg", "picture:garden", starred=True),
        ),
        (("teacher", Role.COMMENT),),
    ),
)

RELATIVE = (
    Shelf(
        "Papiers de l’école",
        (Item("Attestation d’assurance.pdf", "pdf", ("Responsabilité civile et individuelle accident.",)),),
    ),
)
