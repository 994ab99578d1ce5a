from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "sharing"
    verbose_name = "Partages"

    def ready(self) -> None:
        from directory.signals import groups_deleted
        from sharing import (
            afterlife,
            fates,
            holdings,
            invariants,
            left_behind,
            navigation,
            receivers,
            takeout,
        )

        afterlife.register()
        fates.register()
        holdings.register()
        invariants.register()
        left_behind.register()
        navigation.register()
        takeout.register()
        groups_deleted.connect(receivers.on_groups_deleted, dispatch_uid="sharing")
