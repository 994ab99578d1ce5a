-- Ties begin, change and end, as the pupils' records say.
-- reads: {relation} (id, act, pupil_id, relative_id, rank, tie_kind, legal, contact, payer).
-- writes: directory_guardianship.
update directory_guardianship g set ended_on = greatest(%(today)s, g.since), ended_by = %(run)s
from {relation} r where g.id = r.id and r.act = 'end'
-- ;
update directory_guardianship g set
    rank = r.rank, tie_kind = r.tie_kind, legal = r.legal, contact = r.contact, payer = r.payer, source = %(source)s
from {relation} r where g.id = r.id and r.act = 'change'
-- ;
insert into directory_guardianship (
    id, relative_id, pupil_id, rank, tie_kind, legal, contact, payer, source, since)
select id, relative_id, pupil_id, rank, tie_kind, legal, contact, payer, %(source)s, %(today)s
from {relation} where act = 'open'
