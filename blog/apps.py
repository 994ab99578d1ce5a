from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = "Blog"

    def ready(self) -> None:
        from blog import fates, invariants, kinds, navigation, news, panels, season, space

        fates.register()
        invariants.register()
        kinds.register()
        navigation.register()
        news.register()
        panels.register()
        season.register()
        space.register()
