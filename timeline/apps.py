from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = "Nouveautés"

    def ready(self) -> None:
        from timeline import bell, fates, panels, shares

        bell.register()
        fates.register()
        panels.register()
        shares.register_kinds()
