from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = "Annuaire"

    def ready(self) -> None:
        from accounts import gates
        from accounts.signals import people_pre_deleted
        from directory import doors, fates, gate, invariants, navigation, receivers

        fates.register()
        invariants.register()
        gates.register("directory.blocks", gate.blocked)
        navigation.register()
        doors.register()
        people_pre_deleted.connect(receivers.on_people_pre_deleted, dispatch_uid="directory")
