"""What must always be true of folders, files and space."""

from core import invariants

RULES = (
    (
        "documents.space_is_the_sum",
        "L’espace compté à une personne est ce que pèsent toutes les versions de ses fichiers.",
        """
        select coalesce(a.person_id, f.owner_id) as person, a.used, f.charged
        from documents_allowance a
        full join (
          select r.owner_id, sum(f.charged) as charged
          from documents_file f join sharing_resource r on r.id = f.resource_id
          where r.owner_id is not null group by r.owner_id
        ) f on f.owner_id = a.person_id
        where coalesce(a.used, 0) <> coalesce(f.charged, 0)
        """,
    ),
    (
        "documents.files_weigh_their_versions",
        "Un fichier pèse ce que pèsent ses versions.",
        """
        select f.resource_id from documents_file f
        left join documents_fileversion v on v.file_id = f.resource_id
        group by f.resource_id having f.charged <> coalesce(sum(v.size), 0)
        """,
    ),
    (
        "documents.files_show_a_version",
        "Le contenu d’un fichier est celui de la version affichée.",
        """
        select f.resource_id from documents_file f
        left join documents_fileversion v on v.file_id = f.resource_id and v.number = f.current
        where v.blob_id is distinct from f.blob_id or v.size is distinct from f.size
        """,
    ),
    (
        "documents.resources_have_their_row",
        "Un dossier ou un fichier partagé est un dossier ou un fichier.",
        """
        select r.id from sharing_resource r
        left join documents_folder d on d.resource_id = r.id
        left join documents_file f on f.resource_id = r.id
        where (r.kind = 'folder') <> (d.resource_id is not null)
           or (r.kind = 'file') <> (f.resource_id is not null)
        """,
    ),
    (
        "documents.parents_are_folders",
        "Un dossier ou un fichier n’est rangé que dans un dossier, ou là où une application le montre.",
        """
        select r.id from sharing_resource r
        join sharing_resource p on p.id = r.parent_id
        left join documents_file f on f.resource_id = r.id
        where r.kind in ('folder', 'file') and p.kind <> 'folder' and f.kept is not true
        """,
    ),
    (
        "documents.contents_are_held",
        "Un contenu est tenu autant de fois, au moins, que des versions le montrent.",
        """
        select b.id from core_blob b
        join documents_fileversion v on v.blob_id = b.id
        group by b.id having b."references" < count(*)
        """,
    ),
)


def register() -> None:
    """To be called in `ready()`."""
    for name, sentence, sql in RULES:
        invariants.register(name, sentence, sql)
