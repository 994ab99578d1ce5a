-- The base of each new person's login, in a relation of its own; those that SQL cannot fold stay null.
-- reads: {relation} (person_id, is_new, first_name, last_name). writes: login_base_row, a temporary relation.
-- why:   the rule is `accounts.rules.login_base`; this is its twin for Latin letters, a hundred times faster.
--        A first or last name with other letters is left to the rule itself.
drop table if exists pg_temp.login_base_row
-- ;
create temporary table login_base_row on commit drop as
select person_id,
       case when (octet_length(first_name || last_name) = char_length(first_name || last_name)
                  or (first_name || last_name) ~ '^[\u0001-\u024f\u0300-\u036f\u1e00-\u1eff’]+$')
             and first <> '' and last <> '' and first || last !~ '[0-9]'
         then left(replace(first, ' ', ''), 30) || '.' || left(replace(last, ' ', ''), 30) end as login_base
from (
    select person_id, first_name, last_name, core_fold(first_name) as first, core_fold(last_name) as last
    from {relation} where is_new offset 0) r
