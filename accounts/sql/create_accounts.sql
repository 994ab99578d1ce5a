-- Makes accounts in bulk, each with a login of its own, numbered where the name is taken.
-- reads: {relation} (person_id, is_new, login_base, profile, names, contacts, keys, …), accounts_user,
--        accounts_retiredlogin. writes: accounts_user.
-- locks: the caller holds the lock of logins, so that no number is given twice.
-- why:   a login is for life: the number follows the highest ever given, deleted accounts included. An
--        activation code is derived from the account, so nothing is written for it.
with taken as (
    select login_base, max(login_number) as number from (
        select u.login_base, u.login_number from accounts_user u
        where u.login_base in (select r.login_base from {relation} r where r.is_new)
        union all
        select l.login_base, l.login_number from accounts_retiredlogin l
        where l.login_base in (select r.login_base from {relation} r where r.is_new)) all_of_them
    group by login_base),
numbered as (
    select r.*, coalesce(t.number, 0)
             + row_number() over (partition by r.login_base order by r.person_id) as login_number
    from {relation} r left join taken t using (login_base)
    where r.is_new)
insert into accounts_user (
    id, username, login_base, login_number, password, profile, first_name, last_name, birth_name,
    other_first_names, civility, birth_date, email, home_phone, work_phone, mobile_phone, address, postal_code,
    city, country, academy_id, source, joining_kind, joining_key, ine)
select person_id, login_base || case when login_number = 1 then '' else login_number::text end, login_base,
       login_number, '', profile, first_name, last_name, birth_name, other_first_names, civility, birth_date,
       email, home_phone, work_phone, mobile_phone, address, postal_code, city, country, academy_id, source,
       joining_kind, joining_key, ine
from numbered
