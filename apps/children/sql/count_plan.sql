-- What a plan would do to records: children made, joined to a child already known, put in question.
select count(*) filter (where action = 'new' and match in ('new', 'nameless')),
       count(*) filter (where match = 'linked' or action = 'new' and match = 'kept'),
       count(*) filter (where match = 'question')
from children_plannedrecord
where extract_id = %(extract)s;
