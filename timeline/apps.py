from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = "Nouveautés"

    def ready(self) -> None:
        from timeline import afterlife, fates, panels, shares
        from ui import bell

        bell.serve_at("timeline:index", "timeline:bell")
        afterlife.register()
        fates.register()
        panels.register()
        shares.register_kinds()
