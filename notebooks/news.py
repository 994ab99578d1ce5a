"""What notebooks tell in what is new: each kind its own."""

from notebooks import homework_news, liaison_news, memo_news


def register_kinds() -> None:
    """To be called in `ready()`."""
    homework_news.register_kinds()
    liaison_news.register_kinds()
    memo_news.register_kinds()
