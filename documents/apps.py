from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Espace documentaire"

    def ready(self) -> None:
        from documents import fates, invariants, kinds, navigation

        fates.register()
        invariants.register()
        kinds.register()
        navigation.register()
