-- The tables of one run's own schema: records as read, before anything is known of them.
-- reads: nothing. writes: the run's schema, first in the search path.
-- why:   unlogged, unindexed while COPY fills them; dropped whole with the schema when no longer needed.
create unlogged table stage_school (
    file int, line int, joining_key text, uai text, siren text, name text, kind text, type_label text,
    private boolean, address text, postal_code text, city text, phone text, email text,
    district_key text, academy_name text, academy_code text)
-- ;
create unlogged table stage_person (
    line int, file int, kind text, key text, ine text, ine_joins boolean, birth_date date,
    last_name text, birth_name text, first_name text, other_first_names text, civility text,
    email text, home_phone text, work_phone text, mobile_phone text, address text,
    postal_code text, city text, country text, level text, is_teacher boolean, photo_consent boolean,
    digest bytea)
-- ;
create unlogged table stage_place (
    kind text, key text, school_key text, function_code text, function_label text, is_head boolean,
    entered_on date, left_on date)
-- ;
create unlogged table stage_classvalue (
    line int, file int, kind text, key text, school_key text, starts_on date, ends_on date,
    class_key text, label text)
-- ;
create unlogged table stage_tie (
    line int, file int, key text, relative_key text, rank int, tie_kind int, legal boolean,
    contact boolean, payer boolean)
-- ;
create unlogged table stage_badkey (
    line int, file int, kind text, key text, school_keys text[], relative_keys text[], ine text,
    last_name text, birth_name text, first_name text)
-- ;
-- records that wait: a held school's, a summer freeze's
create unlogged table parked (kind text, key text, cause text)
-- ;
-- who a CSV's rows are, as `feeds.match` found; known keys of an AAF set are found by SQL
create unlogged table stage_match (kind text, key text, person_id bigint)
-- ;
create unlogged table stage_file (file int, name text)
