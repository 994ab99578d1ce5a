"""What a cahier mémo refuses. `to_pupil` says it to a child, sentence and remedy in one."""

from core.errors import DomainError, RefusedByRule


class NoSuchMemo(DomainError):
    """It does not exist, or not for this person."""

    code = "no-such-memo"
    sentence = "Ce cahier n’existe pas, ou n’est plus partagé avec vous."
    status = 404
    to_pupil = "Ce cahier n’est plus là."


class MemoPageNotYours(RefusedByRule):
    """Who contributes writes on their own pages; who manages, on all."""

    code = "memo-page-not-yours"
    sentence = "Cette page n’est pas à vous : seuls son auteur et qui gère le cahier la changent."
    remedy = "Ajoutez une page à votre nom, ou demandez à gérer le cahier."
    status = 403
    to_pupil = "Cette page n’est pas à toi. Écris plutôt sur ta page."


class MemoNotOpenToYou(RefusedByRule):
    """Adding a page needs Contribuer; the cover and the order of pages, Gérer."""

    code = "memo-not-open"
    sentence = "Votre droit sur ce cahier ne le permet pas."
    remedy = "Demandez à la personne qui le gère de vous le donner."
    status = 403
    to_pupil = "Tu peux lire ce cahier, pas le changer. Demande à ta maitresse ou à ton maitre."


class MemoChanged(RefusedByRule):
    """Somebody else saved meanwhile: nothing is overwritten. `version` is the one saved now."""

    code = "memo-changed-meanwhile"
    sentence = "Quelqu’un a enregistré autre chose ici pendant que vous écriviez : rien n’a été remplacé."
    remedy = "Comparez les deux versions, puis choisissez."
    to_pupil = "Quelqu’un a écrit ici en même temps que toi. Rien n’est perdu : regarde, puis choisis."


class MemoTitleMissing(DomainError):
    """A book has a title."""

    code = "memo-without-title"
    sentence = "Ce cahier n’a pas de titre."
    remedy = "Donnez-lui un titre court."
    to_pupil = "Donne un titre à ton cahier."


class MemoFull(RefusedByRule):
    """So many pages a book, so many blocks a page (`most`)."""

    code = "memo-full"
    sentence = "Il n’y a plus de place ici."
    remedy = "Ajoutez une page, ou commencez un autre cahier."
    to_pupil = "C’est plein. Continue sur une autre page."


class NotForAMemo(DomainError):
    """Pages show pictures, sounds and films that a browser plays, and no other file."""

    code = "memo-file-not-shown"
    sentence = (
        "Ce fichier ne se montre pas dans une page : un cahier mémo porte des images, des sons et des vidéos."
    )
    remedy = "Déposez-le dans vos documents, et mettez un lien ; ou choisissez une image, un son, une vidéo."
    to_pupil = "Ce fichier ne va pas dans une page. Choisis une image, un son ou une vidéo."


class NotACover(DomainError):
    """A cover is a picture."""

    code = "memo-cover-not-a-picture"
    sentence = "Une couverture est une image."
    remedy = "Choisissez une photo ou un dessin (JPEG, PNG, GIF, WebP)."
    to_pupil = "Choisis une image pour ta couverture."


class MemoLinkWrong(DomainError):
    """A link is a whole address of the web."""

    code = "memo-link-wrong"
    sentence = "Cette adresse ne mène nulle part."
    remedy = "Exemple : https://www.education.gouv.fr"
    to_pupil = "Cette adresse ne marche pas. Elle commence par https://"


class NobodyInThisClass(RefusedByRule):
    """A share in the name of each pupil of a class where there is nobody to share with."""

    code = "memo-nobody-in-class"
    sentence = "Il n’y a personne à qui partager dans cette classe."
    remedy = "Choisissez une autre classe."


class NotYourClass(RefusedByRule):
    """One shares in the name of the pupils of a class whose members one may see."""

    code = "memo-not-your-class"
    sentence = "Vous ne pouvez pas voir qui est dans cette classe."
    remedy = "Demandez à son enseignant de partager ce cahier."
    status = 403


class MemoStillThere(RefusedByRule):
    """Only a page that was removed is deleted for good."""

    code = "memo-page-still-there"
    sentence = "Cette page est encore dans le cahier."
    remedy = "Retirez-la d’abord."
    to_pupil = "Enlève d’abord cette page du cahier."
