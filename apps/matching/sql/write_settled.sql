-- What needs no judging is written down: the settled records, and those nobody was found for, which are new, or nameless where no whole
-- name is known. The rest waits for its verdict.
update children_plannedrecord pr
set match = case when s.local_id is not null then 'linked' when coalesce(w.whole, false) then 'new' else 'nameless' end,
    rule = coalesce(s.rule, ''),
    evidence = case when s.local_id is not null
                    then jsonb_build_object('total', s.total, 'weights', s.weights, 'runner_up', null, 'margin', null) end,
    -- a record that stays alone keeps the child it already had
    child_id = coalesce(s.child_id, pr.old_child_id, nextval('children_child_id_seq')),
    -- a nameless child that a record leaves becomes a pointer; one whose link was undone may yet be another record's
    old_child_id = case when s.local_id is not null and pr.old_child_id is not null
                             and not exists (select from children_sourcerecord r where r.id = pr.record_id and r.loose) then pr.old_child_id end,
    candidates = '{}'
from children_plannedrecord self
left join settled s on s.local_id = self.local_id
left join wanted w on w.local_id = self.local_id
where self.id = pr.id and pr.extract_id = %(extract)s and pr.match = ''
  and self.local_id not in (select local_id from reopened)
  and (s.local_id is not null
       or self.local_id not in (select local_id from pair union select local_id from within union select other from within));
