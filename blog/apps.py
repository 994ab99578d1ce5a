from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = "Blog"

    def ready(self) -> None:
        from blog import fates, kinds, space

        fates.register()
        kinds.register()
        space.register()
