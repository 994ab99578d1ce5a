from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = "Annuaire"

    def ready(self) -> None:
        from accounts import assurance, gates
        from accounts.signals import people_leaving, people_pre_deleted
        from directory import (  # noqa: F401 (a job is known once its module is)
            doors,
            fates,
            gate,
            invariants,
            leaving_panel,
            letters_job,
            navigation,
            receivers,
            school_message,
            season,
            takeout,
        )
        from directory.middleware import closed_applications
        from directory.querysets import class_sheets
        from ui import applications

        fates.register()
        invariants.register()
        gates.register("directory.blocks", gate.blocked)
        assurance.hang_on("class-sheet", class_sheets.holds)
        leaving_panel.register()
        navigation.register()
        doors.register()
        school_message.register()
        season.register()
        takeout.register()
        applications.provide(closed_applications)
        people_pre_deleted.connect(receivers.on_people_pre_deleted, dispatch_uid="directory")
        people_leaving.connect(receivers.on_people_leaving, dispatch_uid="directory")
