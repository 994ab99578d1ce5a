from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "messaging"
    verbose_name = "Messagerie"

    def ready(self) -> None:
        from messaging import fates, invariants, navigation, space

        fates.register()
        invariants.register()
        navigation.register()
        space.register()
