from django.apps import AppConfig


class RolloverConfig(AppConfig):
    name = "rollover"
    verbose_name = "Bascule"

    def ready(self) -> None:
        from rollover import fates, invariants, navigation, news, panels

        fates.register()
        invariants.register()
        navigation.register()
        news.register()
        panels.register()
