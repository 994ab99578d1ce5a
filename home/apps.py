from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Accueil"

    def ready(self) -> None:
        from home import fates, navigation, news, panels

        fates.register()
        navigation.register()
        news.register_kinds()
        panels.register()
