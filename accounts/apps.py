from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from accounts import checks, invariants, own_fates  # noqa: F401

        invariants.register()
        own_fates.register()
