"""What sharing refuses."""

from core.errors import DomainError, RefusedByRule


class NotAManager(RefusedByRule):
    """Only who manages a resource shares, renames or moves it."""

    code = "not-a-manager"
    sentence = "Vous ne gérez pas ce contenu : vous ne pouvez ni le partager, ni le déplacer."
    remedy = "Demandez à la personne qui l’a créé de vous le confier."
    status = 403


class NotTheOwner(RefusedByRule):
    """Only the owner gives ownership away, trashes, and deletes."""

    code = "not-the-owner"
    sentence = "Ce contenu n’est pas à vous : seule la personne à qui il appartient peut le faire."
    remedy = "Vous pouvez le retirer de votre dossier, ou vous adresser à elle."
    status = 403


class OwnerKeepsAll(RefusedByRule):
    """The owner always manages: no grant is written for them, none is taken."""

    code = "owner-keeps-all"
    sentence = "Ce contenu appartient à cette personne : elle le gère toujours."
    remedy = "Retirez-la des personnes choisies."


class NotReachable(RefusedByRule):
    """Rules of communication do not allow a share with these; `names` tells which."""

    code = "not-reachable"
    sentence = "Les règles de communication ne vous permettent pas de partager avec tous ces destinataires."
    remedy = "Retirez-les, ou demandez à la direction de l’école de faire ce partage."


class InTrash(RefusedByRule):
    """What is in the trash is shared and moved by nobody."""

    code = "in-trash"
    sentence = "Ce contenu est dans la corbeille."
    remedy = "Restaurez-le d’abord."


class InsideItself(RefusedByRule):
    """A folder cannot lie in itself, nor in what lies in it."""

    code = "inside-itself"
    sentence = "Un dossier ne peut pas être rangé dans lui-même."
    remedy = "Choisissez un autre dossier."


class CannotAddThere(RefusedByRule):
    """To put something in a folder, one contributes to it at least."""

    code = "cannot-add-there"
    sentence = "Vous ne pouvez rien ajouter dans ce dossier."
    remedy = "Demandez le droit de contribuer à la personne qui le partage."
    status = 403


class NothingShared(RefusedByRule):
    """The grant that is to change is not there."""

    code = "nothing-shared"
    sentence = "Ce partage n’existe plus."
    remedy = "Rechargez la page."


class NobodyChosen(DomainError):
    """A share without a grantee."""

    code = "nobody-chosen"
    sentence = "Aucun destinataire n’est choisi."
    remedy = "Choisissez une personne, un groupe ou un favori."


class HandoverPending(RefusedByRule):
    """One offer at a time."""

    code = "handover-pending"
    sentence = "Ce contenu est déjà proposé à quelqu’un."
    remedy = "Attendez sa réponse, ou reprenez votre proposition."


class HandoverClosed(RefusedByRule):
    """The offer was answered, or taken back."""

    code = "handover-closed"
    sentence = "Cette proposition n’est plus ouverte."


class NoRoom(RefusedByRule):
    """What would become theirs does not fit in their space."""

    code = "no-room"
    sentence = "Il n’y a pas assez de place dans votre espace pour recevoir ce contenu."
    remedy = "Libérez de l’espace, puis acceptez de nouveau."
