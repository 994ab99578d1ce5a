"""What must always be true of who belongs where."""

from core import invariants

RULES = (
    (
        "directory.memberships_are_manual",
        "Seuls les groupes manuels ont des membres inscrits.",
        """
        select m.id from directory_membership m
        join directory_group g on g.id = m.group_id where g.kind <> 'MANUAL'
        """,
    ),
    (
        "directory.schools_have_their_groups",
        "Chaque école a ses groupes de scolarité, sa direction et « Resp Affect Gar ».",
        """
        select s.id from schools_school s
        where (select count(*) from directory_group g
               where g.school_id = s.id and g.kind in ('SCHOOL', 'DIRECTION')) <> 6
           or not exists (select from directory_group g where g.school_id = s.id and g.protected)
        """,
    ),
    (
        "directory.classes_have_their_groups",
        "Chaque classe a ses groupes d’élèves, d’enseignants et de parents.",
        """
        select c.id from directory_schoolclass c
        where (select count(*) from directory_group g
               where g.school_class_id = c.id and g.kind = 'CLASS') <> 3
        """,
    ),
    (
        "directory.class_groups_are_of_their_school",
        "Le groupe d’une classe est de l’école de la classe.",
        """
        select g.id from directory_group g
        join directory_schoolclass c on c.id = g.school_class_id where c.school_id <> g.school_id
        """,
    ),
    (
        "directory.classes_have_had_a_pupil",
        "Une classe n’existe que si un élève y est, ou y a été.",
        """
        -- a teacher is put there by hand only once a pupil is: that row outlives an undone feed's
        select c.id from directory_schoolclass c
        where not c.pupils_erased and not exists (
          select from directory_classattachment a
          where a.school_class_id = c.id and (a.role = 'PUPIL' or a.source = 'MANUAL'))
        """,
    ),
    (
        "directory.class_members_belong_to_the_school",
        "Qui est dans une classe est rattaché à son école.",
        """
        select a.id from directory_classattachment a
        join directory_schoolclass c on c.id = a.school_class_id
        where a.ended_on is null and not exists (
          select from directory_attachment p
          where p.person_id = a.person_id and p.school_id = c.school_id and p.ended_on is null)
        """,
    ),
    (
        "directory.open_class_attachments_are_of_the_class_year",
        "Les rattachements ouverts aux classes sont de l’année des classes de l’école.",
        """
        select a.id from directory_classattachment a
        join directory_schoolclass c on c.id = a.school_class_id
        join schools_school s on s.id = c.school_id
        where a.ended_on is null and c.year is distinct from s.class_year
        """,
    ),
    (
        "directory.roles_fit_profiles",
        "Un élève est dans une classe comme élève, un adulte comme enseignant.",
        """
        select a.id from directory_classattachment a
        join accounts_user u on u.id = a.person_id
        where a.ended_on is null and (a.role = 'PUPIL') <> (u.profile = 'PUPIL')
        """,
    ),
    (
        "directory.ties_join_relatives_and_pupils",
        "Un lien de responsabilité va d’un parent à un élève.",
        """
        select t.id from directory_guardianship t
        join accounts_user r on r.id = t.relative_id
        join accounts_user p on p.id = t.pupil_id
        where t.ended_on is null and (r.profile <> 'RELATIVE' or p.profile <> 'PUPIL')
        """,
    ),
    (
        "directory.absorbed_are_nowhere",
        "Un compte réuni à un autre n’est plus nulle part : tout est à celui qui reste.",
        """
        select u.id from accounts_user u
        where u.merged_into_id is not null and (
          exists (select from directory_attachment a where a.person_id = u.id)
          or exists (select from directory_classattachment a where a.person_id = u.id)
          or exists (select from directory_guardianship t where u.id in (t.relative_id, t.pupil_id))
          or exists (select from directory_administrator d where d.person_id = u.id)
          or exists (select from directory_membership m where m.person_id = u.id))
        """,
    ),
    (
        "directory.detached_are_not_attached",
        "Qui est détaché d’une école n’y est pas rattaché.",
        """
        select d.id from directory_detachment d
        join directory_attachment a
          on a.person_id = d.person_id and a.school_id = d.school_id and a.ended_on is null
        where d.lifted_at is null
        """,
    ),
    (
        "directory.directors_of_feeds_are_attached",
        "La direction nommée par l’alimentation est rattachée à l’école qu’elle administre.",
        """
        select d.id from directory_administrator d
        where d.ended_on is null and d.scope = 'SCHOOL' and d.source <> 'MANUAL' and not exists (
          select from directory_attachment a
          where a.person_id = d.person_id and a.school_id = d.school_id and a.ended_on is null)
        """,
    ),
)


def register() -> None:
    """To be called in `ready()`."""
    for name, sentence, sql in RULES:
        invariants.register(name, sentence, sql)
