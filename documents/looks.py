"""How a file is drawn and called: by its media type, then for documents of an office by its ending."""

from dataclasses import dataclass

_OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Look:
    """`word` is what a list says (« PDF », « Image »), `family` the line it counts for where space goes."""

    word: str
    icon: str
    cover: str
    family: str


FOLDER = Look("Dossier", "folder", "yellow", "")
_PDF = Look("PDF", "file-type-pdf", "coral", "texts")
_IMAGE = Look("Image", "photo", "green", "images")
_SOUND = Look("Son", "file-music", "teal", "sounds")
_VIDEO = Look("Vidéo", "movie", "violet", "videos")
_TEXT = Look("Texte", "file-text", "blue", "texts")
_SHEET = Look("Tableau", "file-spreadsheet", "green", "texts")
_SLIDES = Look("Diaporama", "presentation", "orange", "texts")
_ARCHIVE = Look("Archive", "file-zip", "slate", "others")
_OTHER = Look("Fichier", "file", "slate", "others")

_EXACT = {
    "application/pdf": _PDF,
    "application/rtf": _TEXT,
    "application/msword": _TEXT,
    "application/vnd.oasis.opendocument.text": _TEXT,
    f"{_OFFICE}wordprocessingml.document": _TEXT,
    "text/csv": _SHEET,
    "application/vnd.ms-excel": _SHEET,
    "application/vnd.oasis.opendocument.spreadsheet": _SHEET,
    f"{_OFFICE}spreadsheetml.sheet": _SHEET,
    "application/vnd.ms-powerpoint": _SLIDES,
    "application/vnd.oasis.opendocument.presentation": _SLIDES,
    f"{_OFFICE}presentationml.presentation": _SLIDES,
    "application/zip": _ARCHIVE,
    "application/gzip": _ARCHIVE,
    "application/x-7z-compressed": _ARCHIVE,
    "application/vnd.rar": _ARCHIVE,
    "image/svg+xml": _OTHER,
    "text/html": _OTHER,
}
_STARTS = {"image/": _IMAGE, "audio/": _SOUND, "video/": _VIDEO, "text/": _TEXT}

# What takes space, in the order of the picture: key, words, icon, cover.
FAMILIES = (
    ("images", "Images", "photo", "green"),
    ("videos", "Vidéos", "movie", "violet"),
    ("sounds", "Sons", "file-music", "teal"),
    ("texts", "Textes, tableaux et PDF", "file-text", "blue"),
    ("others", "Autres fichiers", "file", "slate"),
)


def look_of(media_type: str) -> Look:
    """The look of a content of this type."""
    if media_type in _EXACT:
        return _EXACT[media_type]
    return next((look for start, look in _STARTS.items() if media_type.startswith(start)), _OTHER)


def preview_of(media_type: str, *, inline: bool) -> str:
    """How the page shows it: `image`, `pdf`, `audio`, `video`, `text`, or '' where it cannot (`inline`
    says whether a browser may)."""
    if not inline:
        return ""
    if media_type == "application/pdf":
        return "pdf"
    start = media_type.partition("/")[0]
    return start if start in {"image", "audio", "video", "text"} else ""
