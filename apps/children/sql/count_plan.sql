-- What a plan does to records: children made, joined to a child already known, put in question. A record that was looked at once more
-- in the course of the commit counts as what became of it at the end.
select count(*) filter (where p.action = 'new' and coalesce(a.match, p.match) in ('new', 'nameless')),
       count(*) filter (where coalesce(a.match, p.match) = 'linked' or p.action = 'new' and coalesce(a.match, p.match) = 'kept'),
       count(*) filter (where coalesce(a.match, p.match) = 'question')
from children_plannedrecord p
left join children_plannedrecord a on a.extract_id = p.extract_id and a.action = 'again' and a.record_id = p.record_id
where p.extract_id = %(extract)s and p.action <> 'again';
