from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Accueil"

    def ready(self) -> None:
        from ui import navigation

        navigation.register(
            navigation.Entry(
                key="home",
                order=0,
                label="Accueil",
                icon="home",
                url_name="home:index",
                bar=True,
                cover="coral",
            )
        )
