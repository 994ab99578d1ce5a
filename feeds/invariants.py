"""What must always be true of runs, of the records that wait and of the dates applied."""

from core import invariants

RULES = (
    (
        "feeds.waiting_records_are_kept",
        "Une alimentation en attente garde ses fiches.",
        """
        select r.id from feeds_feedrun r
        where r.state = 'parked'
          and not exists (select from pg_namespace n where n.nspname = 'feed_' || r.id)
        """,
    ),
    (
        "feeds.nothing_is_kept_without_need",
        "Seules les alimentations en cours, refusées ou en attente gardent des fiches.",
        """
        select n.nspname as name from pg_namespace n
        where n.nspname ~ '^feed_[0-9]+$' and not exists (
          select from feeds_feedrun r
          where 'feed_' || r.id = n.nspname and r.state in ('running', 'refused', 'parked'))
        """,
    ),
    (
        "feeds.waiting_runs_name_schools",
        "Une alimentation en attente concerne au moins une école.",
        """
        select r.id from feeds_feedrun r
        where r.state = 'parked' and not exists (
          select from feeds_runschool w where w.run_id = r.id and w.role = 'parked')
        """,
    ),
    (
        "feeds.one_run_waits_for_a_school",
        "Une école n’attend, pour les familles ou pour les personnels, qu’une alimentation d’une source.",
        """
        select w.school_id, w.part, r.source from feeds_runschool w
        join feeds_feedrun r on r.id = w.run_id
        where w.role = 'parked' and r.state = 'parked'
        group by w.school_id, w.part, r.source, r.cause having count(*) > 1
        """,
    ),
    (
        "feeds.keys_wait_with_their_run",
        "Les fiches comptées présentes sont celles d’une alimentation en attente.",
        """
        select k.id from feeds_parkedkey k join feeds_feedrun r on r.id = k.run_id where r.state <> 'parked'
        """,
    ),
    (
        "feeds.dates_come_from_applied_runs",
        "La date d’une école est celle d’une alimentation appliquée.",
        """
        select m.id from feeds_schoolmark m join feeds_feedrun r on r.id = m.run_id where r.state <> 'applied'
        """,
    ),
    (
        "feeds.fed_people_have_a_key",
        "Qui vient d’AAF a une clé de jointure et une académie.",
        """
        select u.id from accounts_user u
        where u.source in ('AAF1D', 'AAF2D') and (u.joining_key is null or u.academy_id is null)
          -- the key of an account absorbed may have passed to the one kept
          and u.merged_into_id is null
        """,
    ),
)


def register() -> None:
    """To be called in `ready()`."""
    for name, sentence, sql in RULES:
        invariants.register(name, sentence, sql)
