-- A source that asks for an address to be hidden is obeyed at once; only a person lifts a restriction.
insert into children_restriction (child_id, hides, reason, feed_id, placed_at)
select distinct pr.child_id, 'address', 'Asked for by the source', %(feed)s::bigint, %(at)s::timestamptz
from children_plannedrecord pr
join extracts_stagedperson p on p.extract_id = pr.extract_id and p.local_id = pr.local_id
where pr.extract_id = %(extract)s and p.restricted
  and not exists (
      select from children_restriction r where r.child_id = pr.child_id and r.feed_id = %(feed)s and r.lifted_at is null
  );
