from django.apps import AppConfig


class AdminConsoleConfig(AppConfig):
    name = "admin_console"
    verbose_name = "Console d’administration"

    def ready(self) -> None:
        from admin_console import navigation, panels
        from admin_console.school.views import reports, sending
        from admin_console.season import leads
        from admin_console.season import panels as season

        navigation.register()
        panels.register()
        leads.register()
        season.register()
        reports.register()
        sending.register()
