-- Every way in which schools are left in peace, each once: (zone, "on", starts, ends, weekends), null but for the zone
-- where a school of that zone may have chosen nothing.
-- reads: schools_academy, schools_school, schools_schoolsettings.
-- why:   when quiet hours end is asked at each send, of the few that are in use and not of each school of each
--        recipient.
select distinct a.time_zone as zone, s.quiet as "on", s.quiet_from as starts, s.quiet_until as ends,
  s.quiet_weekends as weekends
from schools_schoolsettings s
join schools_school c on c.id = s.school_id
join schools_academy a on a.id = c.academy_id
union
select a.time_zone, null, null, null, null from schools_academy a
