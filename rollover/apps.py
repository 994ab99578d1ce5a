from django.apps import AppConfig


class RolloverConfig(AppConfig):
    name = "rollover"
    verbose_name = "Bascule"

    def ready(self) -> None:
        from rollover import invariants, navigation, news, panels

        invariants.register()
        navigation.register()
        news.register()
        panels.register()
