-- Every planned record that still has no child is given one by its verdict; it is new, or nameless where no whole name is known.
update children_plannedrecord pr
set match = case when o.local_id is not null then coalesce(found.match, 'kept')
                 when found.match in ('linked', 'question') then found.match
                 when coalesce(w.whole, false) then 'new' else 'nameless' end,
    -- 'again' marks a record that stays where it is with new words
    rule = case when o.local_id is not null and coalesce(found.match, 'kept') = 'kept' then 'again' else coalesce(found.rule, '') end,
    evidence = found.evidence,
    -- a record that stays alone keeps the child it already had
    child_id = case when o.local_id is not null then coalesce(found.child_id, o.child_id)
                    when found.match = 'linked' then found.child_id
                    else coalesce(pr.old_child_id, found.child_id, nextval('children_child_id_seq')) end,
    -- a nameless child that a record leaves becomes a pointer; one whose link was undone may yet be another record's
    old_child_id = case when o.local_id is not null then nullif(o.child_id, coalesce(found.child_id, o.child_id))
                        when found.match = 'linked' and pr.old_child_id is not null
                             and not exists (select from children_sourcerecord r where r.id = pr.record_id and r.loose) then pr.old_child_id end,
    candidates = coalesce(found.candidates, '{}')
from children_plannedrecord self
left join reopened o on o.local_id = self.local_id
left join wanted w on w.local_id = self.local_id
left join verdict found on found.local_id = self.local_id
where self.id = pr.id and pr.extract_id = %(extract)s and pr.match = '';
