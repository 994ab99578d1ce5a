from django.apps import AppConfig


class NotebooksConfig(AppConfig):
    name = "notebooks"
    verbose_name = "Cahiers"

    def ready(self) -> None:
        from notebooks import (
            afterlife,
            fates,
            invariants,
            kinds,
            left_behind,
            navigation,
            news,
            panels,
            spaces,
            takeout,
        )

        afterlife.register()
        fates.register()
        invariants.register()
        kinds.register()
        left_behind.register()
        navigation.register()
        news.register_kinds()
        panels.register()
        spaces.register()
        takeout.register()
