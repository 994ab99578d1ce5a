from django.apps import AppConfig


class NotebooksConfig(AppConfig):
    name = "notebooks"
    verbose_name = "Cahiers"

    def ready(self) -> None:
        from notebooks import fates, invariants, kinds, navigation, news, panels, spaces

        fates.register()
        invariants.register()
        kinds.register()
        navigation.register()
        news.register_kinds()
        panels.register()
        spaces.register()
