"""PostgreSQL and Valkey from their wheels, started or joined by whichever process comes first.

`services` is the door; `holders` says who is there, `postgres` and `valkey` run one server each.
"""
