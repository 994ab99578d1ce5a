"""What documents refuses. `to_pupil` says it to a child: `sharing.errors.told` chooses."""

from typing import Any

from core.errors import DomainError, RefusedByRule
from sharing.errors import NotInTrash as NotInTrash
from ui.french import size


class QuotaOutOfBounds(DomainError):
    """An administrator gives some space, up to a mark."""

    code = "quota-out-of-bounds"
    sentence = "Cet espace ne peut pas être donné."
    remedy = "Donnez au plus 1 000 Go."


class QuotaExceeded(RefusedByRule):
    """It does not fit in the space of whoever would be charged: `missing`, in bytes."""

    code = "quota-exceeded"
    sentence = "Il n’y a pas assez de place dans votre espace."
    remedy = "Libérez de l’espace, puis recommencez."
    status = 413

    def __init__(self, *, missing: int, theirs: bool = False, **fields: Any) -> None:
        whose = "l’espace de la personne à qui appartient ce fichier" if theirs else "votre espace"
        remedy = "Ajoutez plutôt un nouveau fichier." if theirs else ""
        sentence = f"Il n’y a pas assez de place dans {whose}\u00a0: il manque {size(missing)}."
        super().__init__(sentence, remedy=remedy, missing=missing, **fields)
        self.to_pupil = (
            "Il n’y a plus de place pour ce fichier. Ajoute plutôt un nouveau fichier."
            if theirs
            else f"Tu n’as plus assez de place\u00a0: il manque {size(missing)}. Fais de la place, puis essaie encore."
        )


class NotAPicture(DomainError):
    """What is put in a text is a picture that a browser shows."""

    code = "piece-not-a-picture"
    sentence = "Ce fichier n’est pas une image que l’on peut mettre dans un texte."
    remedy = "Choisissez une image (JPEG, PNG, GIF ou WebP), ou joignez plutôt le fichier."
    to_pupil = "Ce n’est pas une image. Joins plutôt ton fichier."


class TooManyPieces(RefusedByRule):
    """One thing bears only so many files."""

    code = "too-many-pieces"
    sentence = "Il y a déjà trop de fichiers ici."
    remedy = "Retirez-en, ou rangez-les dans un dossier partagé."
    to_pupil = "Il y a déjà trop de fichiers. Enlèves-en un."

    def __init__(self, *, most: int, **fields: Any) -> None:
        super().__init__(f"On ne peut joindre plus de {most} fichiers ici.", most=most, **fields)


class NoSuchDocument(DomainError):
    """It does not exist, or not for this person."""

    code = "no-such-document"
    sentence = "Ce document n’existe pas, ou n’est plus partagé avec vous."
    status = 404
    to_pupil = "Ce document n’existe plus, ou n’est plus partagé avec toi."


class NotAFile(DomainError):
    """An act on a file was asked of a folder, or the reverse."""

    code = "not-a-file"
    sentence = "Cette action n’est possible que pour un fichier."
    to_pupil = "On ne peut faire cela qu’avec un fichier."


class NotAReader(RefusedByRule):
    """To comment, one needs the right to."""

    code = "may-not-comment"
    sentence = "Vous ne pouvez pas commenter ce document."
    remedy = "Demandez le droit de commenter à la personne qui le partage."
    status = 403
    to_pupil = "Tu ne peux pas écrire de commentaire ici. Demande à la personne qui le partage."


class MayNotEdit(RefusedByRule):
    """To replace a file, or show a former version, one contributes to it at least."""

    code = "may-not-edit"
    sentence = "Vous ne pouvez pas modifier ce document."
    remedy = "Demandez le droit de contribuer à la personne qui le partage."
    status = 403
    to_pupil = "Tu ne peux pas changer ce document. Demande à la personne qui le partage."


class NotYourComment(RefusedByRule):
    """A comment is taken away by its author, or by who manages the file."""

    code = "not-your-comment"
    sentence = "Ce commentaire n’est pas de vous."
    status = 403
    to_pupil = "Ce commentaire n’est pas de toi."


class NothingSaid(DomainError):
    """An empty comment, or one too long."""

    code = "nothing-said"
    sentence = "Écrivez un commentaire de 2\u00a0000\u00a0caractères au plus."
    to_pupil = "Écris d’abord un commentaire, pas trop long."


class VersionShown(RefusedByRule):
    """The version shown is not deleted alone."""

    code = "version-shown"
    sentence = "Cette version est celle qui est affichée."
    remedy = "Affichez une autre version, ou mettez le fichier à la corbeille."
    to_pupil = "C’est la version que l’on voit. Reprends d’abord une autre version."


class WiderAudience(RefusedByRule):
    """Copying what one does not manage to where more people see it is sharing it."""

    code = "wider-audience"
    sentence = "Dans ce dossier, d’autres personnes verraient ce document, que vous ne gérez pas."
    remedy = "Copiez-le dans vos documents, ou demandez le droit de le gérer."
    status = 403
    to_pupil = "Dans ce dossier, d’autres le verraient, et ce n’est pas toi qui le gères. Copie-le dans tes documents."
