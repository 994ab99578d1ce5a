-- Makes accounts in bulk, each with a login of its own, numbered where the name is taken.
-- reads: {relation} (person_id, profile, names, contacts, keys, …), login_base_row, accounts_user,
--        accounts_retiredlogin. writes: accounts_user.
-- locks: the caller holds the lock of logins, so that no number is given twice.
-- why:   a login is for life: the number follows the highest ever given, deleted accounts included. An
--        activation code is derived from the account, so nothing is written for it.
-- params: now (when they are made: the clock's instant, which letters « of this year » are told by)
with taken as (
    select login_base, max(login_number) as number from (
        select u.login_base, u.login_number from accounts_user u
        where u.login_base in (select b.login_base from pg_temp.login_base_row b)
        union all
        select l.login_base, l.login_number from accounts_retiredlogin l
        where l.login_base in (select b.login_base from pg_temp.login_base_row b)) all_of_them
    group by login_base),
numbered as (
    select r.*, b.login_base, coalesce(t.number, 0) + b.rank as login_number
    from {relation} r
    join (
        select person_id, login_base, row_number() over (partition by login_base order by person_id) as rank
        from pg_temp.login_base_row) b using (person_id)
    left join taken t using (login_base))
insert into accounts_user (
    id, username, login_base, login_number, password, profile, first_name, last_name, birth_name,
    other_first_names, civility, birth_date, email, home_phone, work_phone, mobile_phone, address, postal_code,
    city, country, academy_id, source, joining_kind, joining_key, ine, created_at)
select person_id, login_base || case when login_number = 1 then '' else login_number::text end, login_base,
       login_number, '', profile, first_name, last_name, birth_name, other_first_names, civility, birth_date,
       email, home_phone, work_phone, mobile_phone, address, postal_code, city, country, academy_id, source,
       joining_kind, joining_key, ine, %(now)s
from numbered
