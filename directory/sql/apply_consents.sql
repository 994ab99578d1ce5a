-- What ONDE says of each pupil's picture; the school's and the relatives' own words stay.
-- reads: {relation} (person_id, photo_consent). writes: directory_photoconsent.
insert into directory_photoconsent (pupil_id, said_by, allowed, said_on)
select r.person_id, 'ONDE', r.photo_consent, %(today)s from {relation} r
where r.photo_consent is not null
on conflict (pupil_id, said_by) where relative_id is null
do update set allowed = excluded.allowed, said_on = excluded.said_on
where directory_photoconsent.allowed <> excluded.allowed
