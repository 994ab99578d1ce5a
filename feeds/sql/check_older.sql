-- Schools that the set names, families and staff apart, for which this source was applied at a later date.
-- reads: stage_place, known_school, feeds_schoolmark, schools_school. writes: nothing.
select distinct s.uai, s.name, m.fed_on
from (select distinct case when kind = 'P' then 'F' else 'S' end as part, school_key from stage_place) l
join known_school k on k.school_key = l.school_key
join feeds_schoolmark m on m.school_id = k.school_id and m.part = l.part and m.source = %(source)s
join schools_school s on s.id = k.school_id
where m.fed_on > %(fed_on)s
order by m.fed_on desc, s.uai
