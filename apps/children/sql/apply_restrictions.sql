-- A source that asks for an address to be hidden is obeyed at once; only a person lifts a restriction.
insert into children_restriction (child_id, hides, reason, feed_id, placed_at)
select distinct pr.child_id, 'address', 'Asked for by the source', %(feed)s::bigint, %(at)s::timestamptz
from children_plannedrecord pr
join extracts_stagedperson p on p.extract_id = pr.extract_id and p.local_id = pr.local_id
where pr.extract_id = %(extract)s and p.restricted
  and not exists (
      select from children_restriction r where r.child_id = pr.child_id and r.feed_id = %(feed)s and r.lifted_at is null
  );

-- A record that may be a hidden child's, or that left one for another child, is as hidden as that child: else its name and
-- address would stand open beside the question.
insert into children_restriction (child_id, hides, reason, feed_id, placed_at)
select distinct pr.child_id, r.hides, 'May be a child whose record is hidden', %(feed)s::bigint, %(at)s::timestamptz
from children_plannedrecord pr
join children_restriction r on (r.child_id = any(pr.candidates) or r.child_id = pr.old_child_id) and r.child_id <> pr.child_id
    and r.lifted_at is null
where pr.extract_id = %(extract)s
  and not exists (
      select from children_restriction s where s.child_id = pr.child_id and s.hides = r.hides and s.lifted_at is null
  );
