"""« Gérer mon établissement »: its sections, each with where it stands."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.requests import person_of
from admin_console.access import standpoint
from admin_console.school import words
from admin_console.school.sections import for_a_school, menu_of, school_of, show_section
from directory.querysets.administrators import rights_over
from directory.querysets.blocks import profiles_of
from directory.querysets.communication import changes_of
from documents.querysets import school_limits
from messaging.care import reports_in, reports_visible_to
from messaging.querysets import stops_of
from schools.querysets import applications_off, settings_of
from sharing.left_to_school import left_to
from ui.applications import applications
from ui.french import agree, counted, listed


@require_safe
@for_a_school
def manage(request: HttpRequest) -> HttpResponse:
    """The index. A fixed number of queries."""
    school = school_of(request)
    settings = settings_of(school)
    blocked = [words.many(state.profile) for state in profiles_of(school) if state.blocked]
    off = applications_off(school)
    closed = [each.label for each in applications if off.get(each.key)]
    chosen = sum(limit is not None for limit in school_limits(school).values())
    rights = rights_over(school).count()
    rules, left, stopped = changes_of(school), left_to(school).count(), stops_of(school).count()
    seen = reports_in(reports_visible_to(person_of(request), standpoint(request)), school)
    reported = seen.filter(closed_at__isnull=True).count()
    told = {
        "identity": words.message_words(settings),
        "blocks": f"Bloqués : {listed(blocked)}" if blocked else "Tous les profils sont ouverts",
        "feeds": "Ce qui est arrivé, ce qui est attendu, l’envoi des fichiers d’ONDE",
        "administrators": counted(rights, "personne administre", "personnes administrent") + " cette école",
        "applications": f"Fermées à certains profils : {listed(closed)}" if closed else "Toutes ouvertes",
        "quotas": f"{counted(chosen, 'profil')} {agree(chosen, 'a un espace choisi', 'ont un espace choisi')}"
        if chosen
        else "L’espace habituel de chaque profil",
        "quiet": words.quiet_words(settings),
        "messages": f"{counted(stopped, 'arrêt', 'arrêts')} en cours"
        if stopped
        else "Qui a écrit à combien de personnes ; arrêter les envois",
        "reports": f"{counted(reported, 'message signalé', 'messages signalés')} à traiter"
        if reported
        else "Aucun message signalé n’attend",
        "passwords": "Après un vol de comptes : tout un profil en choisit un autre",
        "rules": f"{counted(rules, 'règle')} à la façon de l’école"
        if rules
        else "Celles d’une école primaire, par défaut",
        "left": counted(left, "contenu") if left else "Rien : personne n’a laissé de contenu à l’école",
        "reach": "Les parents d’une classe peuvent s’écrire"
        if school.relatives_reach_relatives
        else "Les parents d’une classe ne s’écrivent pas",
        "audit": "Qui a fait quoi, sur qui, quand",
    }
    lines = [entry | {"told": told[entry["key"]]} for entry in menu_of(request)]
    return show_section(request, "manage", {"lines": lines}, section="")
