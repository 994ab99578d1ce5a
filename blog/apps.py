from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = "Blog"

    def ready(self) -> None:
        from blog import (
            fates,
            invariants,
            kinds,
            left_behind,
            navigation,
            news,
            panels,
            season,
            space,
            takeout,
        )

        fates.register()
        invariants.register()
        kinds.register()
        left_behind.register()
        navigation.register()
        news.register()
        panels.register()
        season.register()
        space.register()
        takeout.register()
