"""Who asks without having signed in."""


class Anonymous:
    """Stands for `request.user` where nobody signed in. Django's own would bring its permissions."""

    pk = None
    id = None
    username = ""
    full_name = ""
    profile = ""
    is_authenticated = False
    is_anonymous = True
    is_active = False

    def __str__(self) -> str:
        return "anonymous"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Anonymous)

    def __hash__(self) -> int:
        return 1

    def get_short_name(self) -> str:
        return ""

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False
