from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Espace documentaire"

    def ready(self) -> None:
        from documents import (
            afterlife,
            fates,
            holdings,
            invariants,
            kinds,
            left_behind,
            navigation,
            news,
            takeout,
            year_end,
        )
        from documents.services.keeping import PLACE
        from ui import rich_text

        afterlife.register()
        fates.register()
        holdings.register()
        invariants.register()
        kinds.register()
        left_behind.register()
        navigation.register()
        news.register()
        rich_text.pictures_under(PLACE)
        year_end.register()
        takeout.register()
