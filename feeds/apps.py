from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "feeds"
    verbose_name = "Alimentations"

    def ready(self) -> None:
        from accounts import pauses
        from feeds import afterlife, fates, invariants, receivers, season
        from feeds.services.freeze import frozen_ranges
        from rollover.signals import schools_released

        afterlife.register()
        fates.register()
        invariants.register()
        season.register()
        pauses.register(frozen_ranges)
        schools_released.connect(receivers.on_schools_released, dispatch_uid="feeds")
