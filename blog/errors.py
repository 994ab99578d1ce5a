"""What blogs refuse. `to_pupil` says it to a child: `sharing.errors.told` chooses."""

from core.errors import DomainError, RefusedByRule


class NoSuchPost(DomainError):
    """Not there, or not for this person."""

    code = "no-such-post"
    sentence = "Ce billet n’existe pas, ou n’est plus publié."
    status = 404
    to_pupil = "Ce billet n’est plus là."


class NotAnOpener(RefusedByRule):
    """A pupil or a relative writes in the blogs of others."""

    code = "not-a-blog-opener"
    sentence = "Les blogs sont ouverts par les enseignants et les personnels de l’école."
    remedy = "Demandez-leur d’en ouvrir un, et de vous y donner le droit de contribuer."
    status = 403
    to_pupil = "Ce sont les adultes de l’école qui créent les blogs."


class UntitledBlog(DomainError):
    """A blog has a title."""

    code = "blog-without-title"
    sentence = "Ce blog n’a pas de titre."
    remedy = "Donnez-lui un titre, puis enregistrez."


class NotAContributor(RefusedByRule):
    """One contributes to the blogs where one has that right."""

    code = "not-a-contributor"
    sentence = "Vous ne pouvez pas écrire dans ce blog."
    remedy = "Demandez à la personne qui le gère le droit de contribuer."
    status = 403
    to_pupil = "Tu ne peux pas écrire dans ce blog."


class NotManagingBlog(RefusedByRule):
    """Publishing, sending back, pinning and settings are for who manages the blog."""

    code = "not-managing-blog"
    sentence = "Seules les personnes qui gèrent ce blog peuvent le faire."
    remedy = "Adressez-vous à l’une d’elles."
    status = 403
    to_pupil = "Seule la personne qui gère le blog peut le faire."


class NotInThisState(RefusedByRule):
    """The act does not fit where the post is now."""

    code = "post-not-in-this-state"
    sentence = "Ce billet a changé entretemps."
    remedy = "Rechargez la page pour voir où il en est."
    to_pupil = "Ton billet a changé. Recharge la page."


class UntitledPost(DomainError):
    """What others read has a title."""

    code = "post-without-title"
    sentence = "Ce billet n’a pas de titre."
    remedy = "Donnez-lui un titre court, puis publiez-le."
    to_pupil = "Donne d’abord un titre à ton billet."


class EmptyPost(DomainError):
    """A post says or shows something."""

    code = "post-empty"
    sentence = "Ce billet est vide."
    remedy = "Écrivez quelques mots, ou ajoutez une photo, un son ou un fichier."
    to_pupil = "Ton billet est vide. Écris quelques mots, ou ajoute une photo."


class ChangedMeanwhile(RefusedByRule):
    """Somebody else saved the post since one opened it."""

    code = "post-changed-meanwhile"
    sentence = "Quelqu’un d’autre a modifié ce billet pendant que vous l’écriviez."
    remedy = "Votre texte est encore là : copiez-le, rechargez la page, puis reprenez."
    to_pupil = "Quelqu’un a changé ce billet en même temps que toi. Demande à ton enseignant."


class WrongMoment(DomainError):
    """A post is scheduled for an instant to come, within a year."""

    code = "post-wrong-moment"
    sentence = "Cette date est passée, ou trop lointaine."
    remedy = "Choisissez une date à venir, d’ici un an."


class WithoutAWord(DomainError):
    """What is sent back says why."""

    code = "sent-back-without-a-word"
    sentence = "Il manque un mot pour l’auteur."
    remedy = "Dites-lui en quelques mots ce qu’il peut reprendre."


class NotACommenter(RefusedByRule):
    """One comments where one has that right, and where comments are open."""

    code = "not-a-commenter"
    sentence = "Les commentaires ne sont pas ouverts pour vous dans ce blog."
    remedy = "La personne qui gère le blog décide qui peut y commenter."
    status = 403
    to_pupil = "Tu ne peux pas commenter ici."


class NothingSaid(DomainError):
    """A comment has words (so many characters at most)."""

    code = "blog-comment-empty"
    sentence = "Ce commentaire est vide, ou trop long."
    remedy = "Écrivez quelques mots, 2 000 caractères au plus."
    to_pupil = "Écris quelques mots, pas plus de 2 000 lettres."


class NoSuchComment(DomainError):
    """Not there, or not for this person."""

    code = "no-such-blog-comment"
    sentence = "Ce commentaire n’existe plus."
    status = 404
    to_pupil = "Ce commentaire n’est plus là."


class NoSuchBlog(DomainError):
    """Not there, or not for this person."""

    code = "no-such-blog"
    sentence = "Ce blog n’existe pas, ou n’est plus partagé avec vous."
    status = 404
    to_pupil = "Ce blog n’est plus là."
