"""x"""


def import_onde_csv(**k):
    raise SystemExit("x")
