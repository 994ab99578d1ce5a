from django.apps import AppConfig


class NotebooksConfig(AppConfig):
    name = "notebooks"
    verbose_name = "Cahiers"

    def ready(self) -> None:
        from notebooks import fates, kinds, navigation, news, panels, spaces

        fates.register()
        kinds.register()
        navigation.register()
        news.register_kinds()
        panels.register()
        spaces.register()
