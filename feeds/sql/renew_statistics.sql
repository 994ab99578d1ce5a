-- Statistics of the tables that a run fills, on the columns that joins and filters read.
-- reads: accounts_user, directory_*. writes: their statistics.
-- why:   after a first import every plan would be made for an empty table; the server's own, finer sample comes later.
set local default_statistics_target = 40
-- ;
analyze
    accounts_user (id, username, login_base, profile, academy_id, source, joining_kind, joining_key, ine, birth_date,
                   sort_name, activated_at, absent_since, pre_deleted_on),
    directory_attachment (person_id, school_id, profile, source, ended_on),
    directory_classattachment (person_id, school_class_id, role, source, ended_on),
    directory_guardianship (relative_id, pupil_id, source, ended_on)
