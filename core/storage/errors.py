"""What can go wrong with files that people send and take, told to them."""

from core.errors import DomainError

NBSP = "\u00a0"


class StorageFull(DomainError):
    """No space is left where files are kept. Nothing of the file stays but what can be resumed."""

    code = "storage-full"
    sentence = "Le fichier n’a pas été enregistré\u00a0: la place manque sur le serveur."
    remedy = "Prévenez la personne qui gère le service, puis recommencez plus tard."
    status = 507


class StorageGone(DomainError):
    """Where files are kept does not answer, or no longer has the bytes."""

    code = "storage-gone"
    sentence = "Les fichiers ne sont pas accessibles pour le moment."
    remedy = "Recommencez dans quelques minutes. Si cela dure, prévenez la personne qui gère le service."
    status = 503


class ImageTooLarge(DomainError):
    """A picture of too many pixels would fill the memory of whoever opens it: `pixels`, `most`."""

    code = "image-too-large"
    remedy = "Réduisez-la avec un logiciel de retouche, puis envoyez-la de nouveau."
    status = 422

    def __init__(self, width: int, height: int, most: int) -> None:
        super().__init__(
            f"Cette image de {width}{NBSP}×{NBSP}{height}{NBSP}pixels est trop grande.",
            pixels=width * height,
            most=most,
        )


class ImageUnreadable(DomainError):
    """What its bytes call a picture cannot be read: its place and owner could not be taken out."""

    code = "image-unreadable"
    sentence = "Cette image ne peut pas être lue\u00a0: elle est peut-être abîmée."
    remedy = "Ouvrez-la avec un logiciel de retouche, enregistrez-la en JPEG, puis envoyez-la de nouveau."
    status = 422


class UploadTooLarge(DomainError):
    """More bytes than the site takes in one file: `most`."""

    code = "upload-too-large"
    remedy = "Réduisez-le, ou partagez-le en plusieurs fichiers."
    status = 413

    def __init__(self, most: int) -> None:
        super().__init__(f"Ce fichier dépasse {most // 1_000_000}{NBSP}Mo.", most=most)


class UploadBusy(DomainError):
    """Another request writes to the same upload."""

    code = "upload-busy"
    sentence = "Cet envoi est déjà en cours."
    remedy = "Il reprend de lui-même dans quelques secondes."
    status = 423
