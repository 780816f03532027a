-- A record judged again that leaves a hidden child, or may be one, takes the restriction along: nothing weakens one but a person.
insert into children_restriction (child_id, hides, reason, placed_at)
select distinct pr.child_id, x.hides, 'Its record belonged to, or may be, a child whose record is hidden', %(at)s::timestamptz
from children_plannedrecord pr
join children_sourcerecord r on r.id = pr.record_id
join children_restriction x on (x.child_id = r.child_id or x.child_id = any(pr.candidates)) and x.child_id <> pr.child_id
    and x.lifted_at is null
where pr.extract_id = %(extract)s
  and not exists (
      select from children_restriction s where s.child_id = pr.child_id and s.hides = x.hides and s.lifted_at is null
  );
