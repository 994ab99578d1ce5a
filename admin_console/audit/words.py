"""The log in words: what each verb that the code records is called, after the name of whoever did it.

A house test names the verbs that have none: add them here, under the kind that filters know them by.
"""

from dataclasses import dataclass

_WORDS: dict[str, dict[str, str]] = {
    "Comptes": {
        "account.activated": "a activé le compte",
        "account.absorbed": "a fondu un doublon dans ce compte",
        "account.code_printed": "a imprimé le code d’activation",
        "account.code_renewed": "a renouvelé le code d’activation",
        "account.created": "a créé le compte",
        "account.deleted": "a supprimé le compte",
        "account.drawing_chosen": "a choisi un dessin",
        "account.edited": "a modifié l’identité",
        "account.email_chosen": "a choisi une adresse de courriel",
        "account.email_forgotten": "a retiré son adresse de courriel",
        "account.letter_mailed": "a écrit à la personne pour sa première connexion",
        "account.merged": "a réuni deux comptes",
        "account.motto_said": "a écrit sa devise",
        "account.motto_taken_away": "a retiré une devise",
        "account.parted": "a séparé le compte d’un doublon",
        "account.password_changed": "a changé le mot de passe",
        "account.password_given": "a donné un mot de passe à l’élève",
        "account.password_reset": "a donné un nouveau mot de passe",
        "account.pictures_given": "a donné des images à l’élève",
        "account.photo_put": "a mis sa photo",
        "account.photo_taken_away": "a retiré une photo",
        "account.pre_deleted": "a pré-supprimé le compte",
        "account.restored": "a restauré le compte",
        "account.said_distinct": "a dit que deux comptes sont de deux personnes",
        "account.session_ended": "a fermé une session",
        "account.signed_out_everywhere": "a fermé toutes les sessions",
        "account.unmerged": "a défait la réunion de deux comptes",
        "accounts.passwords_forced": "a changé les mots de passe de toute une population",
        "accounts.exported": "a exporté une liste de comptes",
    },
    "Rattachements et liens": {
        "person.attached": "a rattaché la personne à l’école",
        "person.detached": "a détaché la personne de l’école",
        "person.detachment_undone": "a rattaché de nouveau la personne à l’école",
        "photo.consent_said": "a noté un accord pour les photos",
        "tie.ended": "a retiré le lien d’un parent et d’un élève",
        "tie.made": "a lié un parent à un élève",
        "tie.restricted": "a limité le lien d’un parent",
        "tie.restriction_lifted": "a rétabli le lien d’un parent",
    },
    "Classes et groupes": {
        "class.pupil_attached": "a mis l’élève dans une classe",
        "class.sheet_closed": "a fermé la connexion par images de la classe",
        "class.sheet_hours": "a changé les heures de la connexion par images",
        "class.sheet_opened": "a ouvert la connexion par images de la classe",
        "class.sheet_renewed": "a changé le lien de connexion de la classe",
        "class.teacher_attached": "a ajouté une classe à l’enseignant",
        "class.teacher_detached": "a retiré une classe à l’enseignant",
        "favourite.created": "a créé un favori de partage",
        "favourite.deleted": "a supprimé un favori de partage",
        "favourite.entries_added": "a ajouté des destinataires à un favori",
        "favourite.entries_removed": "a retiré des destinataires d’un favori",
        "favourite.renamed": "a renommé un favori de partage",
        "group.closed": "a fermé le groupe à ses membres",
        "group.created": "a créé le groupe",
        "group.deleted": "a supprimé le groupe",
        "group.kept": "a gardé le groupe pour la nouvelle année",
        "group.members_added": "a ajouté des membres au groupe",
        "group.members_removed": "a retiré des membres du groupe",
        "group.opened": "a ouvert le groupe à ses membres",
        "group.renamed": "a renommé le groupe",
    },
    "Blocages": {
        "block.changed": "a modifié un blocage",
        "block.lifted": "a débloqué",
        "block.person": "a bloqué la personne",
        "block.profile": "a bloqué un profil de l’école",
    },
    "Administrateurs": {
        "administrator.given": "a nommé un administrateur",
        "administrator.taken": "a retiré des droits d’administration",
    },
    "Réglages de l’école": {
        "communication.changed": "a modifié les règles de communication",
        "communication.reset": "est revenu aux règles de communication par défaut",
        "documents.limit_set": "a changé l’espace de stockage d’une personne",
        "documents.school_limits_set": "a changé l’espace de stockage des profils",
        "messages.alert_closed": "a regardé une alerte de compte volé",
        "messages.alerted": "a signalé un compte qui écrit comme un compte volé",
        "messages.report_handled": "a traité un message signalé",
        "messages.report_opened": "a lu un message signalé",
        "messages.reported": "a signalé un message",
        "messages.review_asked": "a demandé à relire les messages des élèves",
        "messages.review_ended": "ne relit plus les messages des élèves",
        "messages.review_handed_back": "a rendu son message à un élève",
        "messages.review_let_go": "a laissé partir le message d’un élève",
        "messages.sender_barred": "a écarté un expéditeur pour un élève",
        "messages.sender_let_write": "laisse de nouveau écrire un expéditeur à un élève",
        "messages.resumed": "a laissé reprendre les envois de messages",
        "messages.stopped": "a arrêté les envois de messages",
        "school.applications": "a changé les applications ouvertes",
        "school.letters_printed": "a imprimé des courriers de connexion",
        "school.logo": "a changé le logo",
        "school.message": "a changé le message de l’école",
        "school.quiet_hours": "a changé les heures calmes",
        "school.renamed": "a renommé l’école",
    },
    "Actualités": {
        "notice.edited": "a modifié une actualité",
        "notice.erased": "a supprimé une actualité",
        "notice.posted": "a publié une actualité",
        "notice.put_back": "a remis une actualité",
        "notice.reminded": "a rappelé une actualité aux parents",
        "notice.withdrawn": "a retiré une actualité",
        "notice.written": "a écrit une actualité",
    },
    "Assistance": {
        "canned.changed": "a modifié une réponse toute prête",
        "canned.created": "a écrit une réponse toute prête",
        "canned.deleted": "a supprimé une réponse toute prête",
        "ticket.answered": "a répondu à une demande d’aide",
        "ticket.assigned": "a confié une demande d’aide",
        "ticket.classified": "a classé une demande d’aide",
        "ticket.exported": "a téléchargé une liste de demandes d’aide",
        "ticket.opened": "a fait une demande d’aide",
        "ticket.passed": "a transmis une demande d’aide",
        "ticket.state": "a changé l’état d’une demande d’aide",
    },
    "Cahiers": {
        "homework.book_copied": "a copié un cahier de textes",
        "homework.calendar_opened": "a créé une adresse d’agenda",
        "homework.calendar_renewed": "a changé une adresse d’agenda",
        "homework.edited": "a modifié un devoir",
        "homework.erased": "a supprimé un devoir",
        "homework.published": "a publié un devoir",
        "homework.put_back": "a remis un devoir",
        "homework.taken_out": "a retiré un devoir",
        "homework.unpublished": "a repassé un devoir en brouillon",
        "homework.week_copied": "a copié une semaine de devoirs",
        "memo.block_added": "a ajouté à une page de cahier mémo",
        "memo.block_changed": "a modifié une page de cahier mémo",
        "memo.copied": "a copié un cahier mémo",
        "memo.cover_dropped": "a retiré l’image d’une couverture",
        "memo.cover_set": "a mis une image en couverture",
        "memo.page_added": "a ajouté une page à un cahier mémo",
        "memo.page_changed": "a donné un titre à une page de cahier mémo",
        "memo.page_erased": "a supprimé une page de cahier mémo",
        "memo.page_put_back": "a remis une page dans un cahier mémo",
        "memo.page_removed": "a retiré une page d’un cahier mémo",
        "word.closed": "a clos un mot aux parents",
        "word.corrected": "a corrigé un mot aux parents",
        "word.noted_on_paper": "a noté un billet signé sur papier",
        "word.reminded": "a rappelé un mot aux parents",
        "word.reopened": "a rouvert un mot aux parents",
        "word.sent": "a envoyé un mot aux parents",
        "word.sent_again": "a envoyé un mot aux familles arrivées depuis",
        "word.signed": "a signé un mot de l’école",
    },
    "Documents et partages": {
        "file.comment_deleted": "a supprimé un commentaire",
        "file.commented": "a commenté un document",
        "file.replaced": "a remplacé un document",
        "file.version_deleted": "a supprimé une version",
        "file.version_shown": "est revenu à une version",
        "resource.ceded": "a cédé une production",
        "resource.created": "a créé une production",
        "resource.deleted": "a supprimé une production",
        "resource.moved": "a déplacé une production",
        "resource.offer_declined": "a refusé une production",
        "resource.offer_taken_back": "a repris une offre",
        "resource.offered": "a proposé une production",
        "resource.passed_on": "a transmis une production d’un compte supprimé",
        "resource.renamed": "a renommé une production",
        "resource.restored": "a restauré une production",
        "resource.sent_home": "a rendu une production à son propriétaire",
        "resource.trashed": "a mis une production à la corbeille",
        "share.given": "a partagé",
        "share.removed": "a retiré un partage",
        "share.restored": "a rétabli des partages",
        "share.role_changed": "a changé un partage",
        "share.withdrawn": "a mis fin à des partages",
    },
    "Blogs publics": {
        "blog.made_private": "a rendu un blog privé",
        "blog.made_public": "a rendu un blog public",
        "blog.public_changed": "a changé l’adresse ou les réglages d’un blog public",
        "blog.put_offline": "a mis un blog public hors ligne",
        "blog.put_online": "a remis un blog public en ligne",
    },
    "Alimentations et bascules": {
        "school.released": "a libéré les fiches en attente",
        "school.turned": "a fait passer l’école à la nouvelle année",
        "school.turned_back": "a annulé le changement d’année",
    },
}


@dataclass(frozen=True, slots=True)
class Act:
    """A verb of the log, the kind that filters know it by, its words."""

    verb: str
    kind: str
    said: str


# What nothing records any more, and the log still holds.
_FORMER = {"school.relatives_reach": "a changé ce que les parents peuvent entre eux"}

KINDS = tuple(_WORDS)
ACTS = {verb: Act(verb, kind, said) for kind, words in _WORDS.items() for verb, said in words.items()}


def said(verb: str) -> str:
    """The words of a verb; one of long ago that has none is told as it is."""
    return ACTS[verb].said if verb in ACTS else _FORMER.get(verb, verb)


def verbs_of(kind: str) -> tuple[str, ...]:
    return tuple(_WORDS.get(kind, ()))
