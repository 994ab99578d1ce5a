from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = "Blog"

    def ready(self) -> None:
        from blog import (
            afterlife,
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

        afterlife.register()
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
