"""What must always be true of what is shared."""

from django.conf import settings

from core import invariants

RULES = (
    (
        "sharing.ancestors_follow_parents",
        "Le chemin d’un contenu est celui de son dossier, puis ce dossier.",
        """
        select r.id from sharing_resource r
        left join sharing_resource p on p.id = r.parent_id
        where r.ancestors <> case when p.id is null then '{}' else p.ancestors || p.id end
        """,
    ),
    (
        "sharing.owners_are_not_grantees",
        "Aucun partage n’est fait à la personne à qui le contenu appartient.",
        """
        select g.id from sharing_grant g
        join sharing_resource r on r.id = g.resource_id where r.owner_id = g.person_id
        """,
    ),
    (
        "sharing.absorbed_hold_nothing",
        "Un compte réuni à un autre n’a ni contenu ni partage : tout est à celui qui reste.",
        """
        select u.id from accounts_user u
        where u.merged_into_id is not null and (
          exists (select from sharing_resource r where r.owner_id = u.id)
          or exists (select from sharing_grant g where g.person_id = u.id))
        """,
    ),
    (
        "sharing.years_fit_groups",
        "Un partage porte une année si, et seulement si, il est fait à un groupe de scolarité.",
        """
        select s.id from sharing_grant s
        join directory_group g on g.id = s.group_id
        left join directory_schoolclass c on c.id = g.school_class_id
        where (g.kind = 'MANUAL') <> (s.year is null) or (g.kind = 'CLASS' and s.year <> c.year)
        """,
    ),
    (
        "sharing.roles_follow_origins",
        "Le droit d’une personne est le plus élevé de ce dont il vient.",
        """
        select g.id from sharing_grant g
        where g.person_id is not null and g.role is distinct from (
          select max((o ->> 'role')::int) from jsonb_array_elements(g.origins) o)
        """,
    ),
    (
        "sharing.trash_is_owners",
        "Ce qui est allé à la corbeille avec un dossier appartient à la même personne.",
        """
        select r.id from sharing_resource r
        join sharing_resource f on f.id = r.trashed_with_id
        where f.trashed_at is null
           or (r.owner_id, r.owner_school_id) is distinct from (f.owner_id, f.owner_school_id)
        """,
    ),
    (
        "sharing.restored_withdrawals_are_empty",
        "Un retrait repris ne garde rien.",
        """
        select w.id from sharing_withdrawal w
        where w.restored_at is not null
          and exists (select from sharing_withdrawngrant g where g.withdrawal_id = w.id)
        """,
    ),
    (
        "sharing.withdrawn_grants_are_gone",
        "Un partage retiré n’est plus en vigueur.",
        "select w.grant_id from sharing_withdrawngrant w join sharing_grant g on g.id = w.grant_id",
    ),
    (
        "sharing.withdrawn_grants_have_their_withdrawal",
        "Un partage retiré l’est par un retrait.",
        """
        select w.grant_id from sharing_withdrawngrant w
        where not exists (select from sharing_withdrawal d where d.id = w.withdrawal_id)
        """,
    ),
)

PAST = """
select s.id from sharing_grant s
join directory_group g on g.id = s.group_id and g.kind in ({kinds})
join schools_school c on c.id = g.school_id
where s.year < c.class_year
"""


def register() -> None:
    """To be called in `ready()`."""
    for name, sentence, sql in RULES:
        invariants.register(name, sentence, sql)
    purged = "'CLASS'" if settings.ROLLOVER_PURGED_GROUPS == "class" else "'CLASS', 'SCHOOL', 'DIRECTION'"
    invariants.register(
        "sharing.no_grant_to_a_past_group",
        "Aucun partage d’une année passée ne reste à un groupe de scolarité.",
        PAST.format(kinds=purged),
    )
