from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from accounts import afterlife, checks, invariants, own_fates, own_takeout, takeout_job  # noqa: F401

        afterlife.register()
        invariants.register()
        own_fates.register()
        own_takeout.register()
