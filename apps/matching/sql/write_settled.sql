-- What needs no judging is written down: the settled records, and those nobody was found for, which are new, or nameless where no whole
-- name is known. The rest waits for its verdict. New children are numbered in the order of the file.
update children_plannedrecord pr
set match = case when found.settled then 'linked' when found.whole then 'new' else 'nameless' end,
    rule = coalesce(found.rule, ''),
    evidence = case when found.settled
                    then jsonb_build_object('total', found.total, 'weights', found.weights, 'runner_up', null, 'margin', null) end,
    child_id = found.child,
    -- a nameless child that a record leaves becomes a pointer; one whose link was undone may yet be another record's
    old_child_id = case when found.settled and pr.old_child_id is not null
                             and not exists (select from children_sourcerecord r where r.id = pr.record_id and r.loose) then pr.old_child_id end,
    candidates = '{}'
from (
    -- a record that stays alone keeps the child it already had
    select waiting.*, coalesce(child_id, old_child_id, nextval('children_child_id_seq')) as child
    from (
        select self.id, self.old_child_id, s.child_id, s.rule, s.total, s.weights, s.local_id is not null as settled,
               coalesce(w.whole, false) as whole
        from children_plannedrecord self
        left join settled s on s.local_id = self.local_id
        left join wanted w on w.local_id = self.local_id
        where self.extract_id = %(extract)s and self.match = ''
          and self.local_id not in (select local_id from reopened)
          and (s.local_id is not null
               or self.local_id not in (select local_id from pair union select local_id from within union select other from within))
        order by self.id offset 0
    ) waiting
) found
where found.id = pr.id;
