from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "support"
    verbose_name = "Assistance ENT"

    def ready(self) -> None:
        from support import afterlife, fates, invariants, navigation, news, panels, space, takeout

        afterlife.register()
        fates.register()
        invariants.register()
        navigation.register()
        news.register()
        panels.register()
        space.register()
        takeout.register()
