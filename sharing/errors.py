"""What sharing refuses. `to_pupil` says it to a child, sentence and remedy in one."""

from core.errors import DomainError, RefusedByRule
from ui.french import listed, unbroken


def told(error: DomainError, *, pupil: bool) -> str:
    """What a rule said no with, in words for a child or for an adult, and the names that make the case."""
    words = (pupil and getattr(error, "to_pupil", "")) or str(error)
    names = error.fields.get("names", [])
    return unbroken(f"{words} ({listed(names)})" if names else words)


def reword(error: DomainError, *, pupil: bool) -> None:
    """Gives an error that goes on its way a child's sentence, for a child."""
    if pupil and getattr(error, "to_pupil", ""):
        error.sentence, error.remedy = told(error, pupil=True), ""


class NotAManager(RefusedByRule):
    """Only who manages a resource shares, renames or moves it."""

    code = "not-a-manager"
    sentence = "Vous ne gérez pas ce contenu : vous ne pouvez ni le partager, ni le déplacer."
    remedy = "Demandez à la personne qui l’a créé de vous le confier."
    status = 403
    to_pupil = "Ce n’est pas toi qui gères ceci. Demande à la personne qui l’a créé."


class NotTheOwner(RefusedByRule):
    """Only the owner gives ownership away, trashes, and deletes."""

    code = "not-the-owner"
    sentence = "Ce contenu n’est pas à vous : seule la personne à qui il appartient peut le faire."
    remedy = "Vous pouvez le retirer de votre dossier, ou vous adresser à elle."
    status = 403
    to_pupil = "Ce n’est pas à toi : seule la personne à qui c’est peut le faire."


class OwnerKeepsAll(RefusedByRule):
    """The owner always manages: no grant is written for them, none is taken."""

    code = "owner-keeps-all"
    sentence = "Ce contenu appartient à cette personne : elle le gère toujours."
    remedy = "Retirez-la des personnes choisies."
    to_pupil = "C’est déjà à cette personne : elle le voit toujours."


class NotReachable(RefusedByRule):
    """Rules of communication do not allow a share with these; `names` tells which."""

    code = "not-reachable"
    sentence = "Les règles de communication ne vous permettent pas de partager avec tous ces destinataires."
    remedy = "Retirez-les, ou demandez à la direction de l’école de faire ce partage."
    to_pupil = "Tu ne peux pas partager avec tout ce monde. Enlève ces noms, ou demande à ton enseignant."


class InTrash(RefusedByRule):
    """What is in the trash is shared and moved by nobody."""

    code = "in-trash"
    sentence = "Ce contenu est dans la corbeille."
    remedy = "Restaurez-le d’abord."
    to_pupil = "C’est dans la corbeille. Reprends-le d’abord."


class NotInTrash(RefusedByRule):
    """Only what is in the trash is deleted for good."""

    code = "not-in-trash"
    sentence = "Seul ce qui est dans la corbeille peut être supprimé définitivement."
    remedy = "Mettez-le d’abord à la corbeille."
    to_pupil = "Mets-le d’abord à la corbeille."


class InsideItself(RefusedByRule):
    """A folder cannot lie in itself, nor in what lies in it."""

    code = "inside-itself"
    sentence = "Un dossier ne peut pas être rangé dans lui-même."
    remedy = "Choisissez un autre dossier."
    to_pupil = "Un dossier ne rentre pas dans lui-même. Choisis un autre dossier."


class CannotAddThere(RefusedByRule):
    """To put something in a folder, one contributes to it at least."""

    code = "cannot-add-there"
    sentence = "Vous ne pouvez rien ajouter dans ce dossier."
    remedy = "Demandez le droit de contribuer à la personne qui le partage."
    status = 403
    to_pupil = "Tu ne peux rien ajouter dans ce dossier. Demande à la personne qui le partage."


class NothingShared(RefusedByRule):
    """The grant that is to change is not there."""

    code = "nothing-shared"
    sentence = "Ce partage n’existe plus."
    remedy = "Rechargez la page."
    to_pupil = "Ce partage n’existe plus. Recharge la page."


class NobodyChosen(DomainError):
    """A share without a grantee."""

    code = "nobody-chosen"
    sentence = "Aucun destinataire n’est choisi."
    remedy = "Choisissez une personne, un groupe ou un favori."
    to_pupil = "Choisis d’abord quelqu’un."


class HandoverPending(RefusedByRule):
    """One offer at a time."""

    code = "handover-pending"
    sentence = "Ce contenu est déjà proposé à quelqu’un."
    remedy = "Attendez sa réponse, ou reprenez votre proposition."
    to_pupil = "Tu le proposes déjà à quelqu’un. Attends sa réponse."


class HandoverClosed(RefusedByRule):
    """The offer was answered, or taken back."""

    code = "handover-closed"
    sentence = "Cette proposition n’est plus ouverte."
    to_pupil = "Ce n’est plus proposé."


class NoRoom(RefusedByRule):
    """What would become theirs does not fit in their space."""

    code = "no-room"
    sentence = "Il n’y a pas assez de place dans votre espace pour recevoir ce contenu."
    remedy = "Libérez de l’espace, puis acceptez de nouveau."
    to_pupil = "Tu n’as pas assez de place pour le recevoir. Fais de la place, puis essaie encore."


class NotSharedTogether(RefusedByRule):
    """Of several things to share, some cannot be: none is. `refused` tells each, and why."""

    code = "not-shared-together"
    sentence = "Rien n’est partagé : certains de ces contenus ne peuvent pas l’être."
    remedy = "Retirez-les de la sélection, puis partagez les autres."
    to_pupil = "Rien n’est partagé : tu ne peux pas tout partager. Enlève ce qui ne peut pas l’être."


class CannotPutBack(RefusedByRule):
    """A share that was removed is not put back once something else stands in its place."""

    code = "cannot-put-back"
    sentence = "Ce partage a changé depuis : il ne peut plus être remis tel qu’il était."
    remedy = "Partagez de nouveau si vous le souhaitez."
    to_pupil = "Ce partage a changé depuis. Tu peux partager de nouveau."
