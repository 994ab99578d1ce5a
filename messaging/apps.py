from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "messaging"
    verbose_name = "Messagerie"

    def ready(self) -> None:
        from messaging import afterlife, fates, invariants, navigation, news, panels, space, takeout, written
        from ui import rich_text

        afterlife.register()
        fates.register()
        invariants.register()
        navigation.register()
        news.register()
        panels.register()
        space.register()
        written.register()
        takeout.register()
        rich_text.pictures_under("/messagerie/piece/")
