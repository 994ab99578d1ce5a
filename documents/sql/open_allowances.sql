-- Gives a row to those of these people who have none, so that what they hold can be counted.
-- reads: accounts_user. writes: documents_allowance.
insert into documents_allowance (person_id, used, held)
select u.id, 0, 0 from accounts_user u where u.id = any (%(people)s::bigint[]) order by u.id
on conflict (person_id) do nothing
