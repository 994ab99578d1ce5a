-- Gives each new person of a relation the base of their login; those that SQL cannot fold stay null.
-- reads, writes: {relation} (first_name, last_name, login_base).
-- why:   the rule is `accounts.rules.login_base`; this is its twin for Latin letters, a hundred times faster.
--        A first or last name with other letters is left to the rule itself.
update {relation} r set login_base =
    left(replace(core_fold(first_name), ' ', ''), 30) || '.' || left(replace(core_fold(last_name), ' ', ''), 30)
where r.login_base is null
  and (octet_length(first_name || last_name) = char_length(first_name || last_name)
       or (first_name || last_name) ~ '^[\u0001-\u024f\u0300-\u036f\u1e00-\u1eff’]+$')
  and core_fold(first_name) <> '' and core_fold(last_name) <> ''
  and core_fold(first_name || ' ' || last_name) !~ '[0-9]'
