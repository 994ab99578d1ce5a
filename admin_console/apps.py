from django.apps import AppConfig


class AdminConsoleConfig(AppConfig):
    name = "admin_console"
    verbose_name = "Console d’administration"

    def ready(self) -> None:
        from admin_console import navigation, panels
        from admin_console.school.views import reports, sending

        navigation.register()
        panels.register()
        reports.register()
        sending.register()
