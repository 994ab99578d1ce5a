-- Forgets what happened in schools that are about to go.
-- reads: {relation} (school_id).
-- writes: timeline_waitingmail, timeline_readevent, timeline_audience, timeline_event.
delete from timeline_waitingmail w using timeline_event e, {relation} r
where w.event_id = e.id and e.school_id = r.school_id
-- ;
delete from timeline_readevent m using timeline_event e, {relation} r
where m.event_id = e.id and e.school_id = r.school_id
-- ;
delete from timeline_audience a using timeline_event e, {relation} r
where a.event_id = e.id and e.school_id = r.school_id
-- ;
delete from timeline_event e using {relation} r where e.school_id = r.school_id
