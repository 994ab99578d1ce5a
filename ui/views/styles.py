"""The living page: each component in each of its states, outside production."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from ui import rich_text

SECTIONS = (
    ("couleurs", "Couleurs", "colours"),
    ("ecriture", "Écriture", "type"),
    ("personnes", "Personnes et gommettes", "people"),
    ("boutons", "Boutons", "buttons"),
    ("champs", "Champs", "fields"),
    ("texte-riche", "Texte riche", "rich"),
    ("etiquettes", "Étiquettes, compteurs, filtres", "tags"),
    ("duree", "Durée d’un partage", "life"),
    ("messages", "Messages", "messages"),
    ("listes", "Listes et tableaux", "lists"),
    ("reperes", "Se repérer", "wayfinding"),
    ("progres", "Progrès", "progress"),
    ("vides", "États vides", "empties"),
    ("boites", "Boites et panneaux", "overlays"),
    ("fiche", "Fiche", "card"),
    ("eleves", "Pour les élèves", "pupils"),
    ("sombre", "Le tableau\u00a0: clair et sombre", "themes"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody to draw."""

    full_name: str
    profile: str
    words: str

    def get_profile_display(self) -> str:
        return self.words


PEOPLE = (
    Sample("Lina Belkacem", "PUPIL", "Élève"),
    Sample("Sofia Morel", "RELATIVE", "Responsable"),
    Sample("Camille Delattre", "TEACHER", "Enseignant"),
    Sample("Hélène Vasseur", "STAFF", "Personnel"),
    Sample("Gaël Prigent", "GUEST", "Invité"),
    Sample("Élèves de CE1-CE2", "GROUP", "Groupe"),
)

RICH = rich_text.clean(
    "<h2>Sortie au parc</h2><p>Départ <strong>jeudi à 9\u00a0h</strong>, retour <em>avant midi</em>. Il faut\u00a0:</p>"
    "<ul><li>un pique-nique</li><li>des bottes</li></ul><blockquote><p>Les parents peuvent venir.</p></blockquote>"
    '<p><a href="https://www.education.gouv.fr/">Le plan</a> et <img src="https://ailleurs.invalid/parc.jpg" alt=""></p>'
    "<table><tr><th>Groupe</th><th>Qui</th></tr><tr><td>1</td><td>Camille Delattre</td></tr></table>"
)


class SampleForm(forms.Form):
    """Each kind of field."""

    title = forms.CharField(label="Titre", help_text="Les familles le verront.")
    slug = forms.CharField(label="Adresse", help_text="Sans accent ni espace.")
    password = forms.CharField(label="Mot de passe", widget=forms.PasswordInput(render_value=True))
    klass = forms.ChoiceField(
        label="Classe", choices=[("1", "CP A – 21 élèves"), ("2", "CE1-CE2 – 24 élèves")]
    )
    born = forms.DateField(
        label="Né le", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(label="Mot", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    keep = forms.ChoiceField(
        label="Que devient ce cahier\u00a0?",
        choices=[("keep", "Le garder pour ces élèves, à leur nom"), ("end", "Le laisser partir")],
        widget=forms.RadioSelect,
    )
    profiles = forms.MultipleChoiceField(
        label="Profils",
        required=False,
        choices=[("teacher", "Enseignants"), ("relative", "Responsables")],
        widget=forms.CheckboxSelectMultiple,
    )
    tell = forms.BooleanField(label="Prévenir les responsables", required=False)
    locked = forms.CharField(
        label="Identifiant", disabled=True, required=False, help_text="Il est gardé à vie."
    )

    def clean_slug(self) -> str:
        raise forms.ValidationError(
            "Cette adresse contient un accent et un espace\u00a0; un lien ne les accepte pas. "
            "Essayez «\u00a0rentree-2026\u00a0»."
        )


@login_not_required
@require_safe
def living_page(request: HttpRequest) -> HttpResponse:
    """Every component; 404 in production."""
    if settings.CARTABLE_PRODUCTION:
        raise Http404
    return render(request, "ui/styles/page.html", _context())


def _context() -> dict[str, Any]:
    now = clock.now()
    return {
        "sections": [
            {"id": i, "title": title, "template": f"ui/styles/{name}.html"} for i, title, name in SECTIONS
        ],
        "people": PEOPLE,
        "pupil": PEOPLE[0],
        "relative": PEOPLE[1],
        "teacher": PEOPLE[2],
        "form": SampleForm(
            {
                "title": "Le blog des CE1-CE2",
                "slug": "rentrée 2026",
                "password": "soleil",
                "klass": "2",
                "keep": "keep",
                "profiles": ["teacher"],
                "tell": "on",
            },
            initial={"locked": "lina.belkacem"},
        ),
        "rich": RICH,
        "rich_plain": rich_text.typed(RICH),
        "today": clock.today(),
        "first_of_month": date(2026, 9, 1),
        "now": now,
        "a_while_ago": now - timedelta(minutes=20),
        "yesterday": now - timedelta(days=1),
        "crumbs": [("Annuaire", "#annuaire"), ("École Rosa-Parks", "#ecole")],
        "tabs": [
            {"label": "Utilisateurs", "url": "#u", "icon": "users", "current": True},
            {"label": "Groupes", "url": "#g", "icon": "users-group", "current": False},
            {"label": "Alimentations", "url": "#a", "icon": "database-import", "current": False},
        ],
        "choices": [
            {"label": "Tous", "url": "#tous", "current": True},
            {"label": "Noé", "url": "#noe", "current": False},
            {"label": "Jade", "url": "#jade", "current": False},
        ],
        "steps": [
            {"label": "Lecture", "state": "done"},
            {"label": "Application", "state": "now"},
            {"label": "Compte rendu", "state": "next"},
        ],
        "failed_steps": [{"label": "Lecture", "state": "done"}, {"label": "Contrôle", "state": "failed"}],
        "page": Paginator(range(486), 20).page(7),
        "toasts": [
            SimpleNamespace(level_tag="success", text="Message envoyé."),
            SimpleNamespace(level_tag="error", text="Le fichier n’a pas été reçu."),
        ],
    }
