-- Which records an extract would add, change or find gone. Ids of new records are allocated here so that the plan is whole.
insert into children_plannedrecord
    (extract_id, local_id, action, record_id, child_id, old_child_id, match, rule, candidates)
select %(extract)s, p.local_id,
       case when v.id is null then 'new' else 'changed' end,
       coalesce(r.id, nextval('children_sourcerecord_id_seq')),
       case when again.yes then null else r.child_id end,
       case when r.loose then own.child_id when again.yes then r.child_id end,
       case when again.yes or r.id is null then '' else 'kept' end,
       '', '{}'
from extracts_stagedperson p
left join children_sourcerecord r on r.id_scheme = %(scheme)s and r.local_id = p.local_id
left join children_child c on c.id = r.child_id
left join children_recordversion v on v.record_id = r.id and v.feed_id = %(feed)s and v.recorded_to is null
-- a record that had no name and now has one is matched again: it may belong to a child we know; so is one whose link was undone.
-- One that a person placed stays where it is.
cross join lateral (
    select case when coalesce(r.loose or c.provisional_because = 'nameless' and p.surname_key <> '' and p.forename_key <> ''
                              and p.dob is not null, false)
                then not exists (
                    select from matching_linkversion l
                    join matching_decision d on d.id = l.decision_id and d.by is not null
                    where l.record_id = r.id and l.recorded_to is null
                ) else false end as yes
) again
-- it keeps the child it had where nobody has that child now; of several in one file the first does
left join lateral (
    select r.child_id
    where r.loose and c.merged_into_id is null
      and not exists (
          select from children_sourcerecord o
          where o.child_id = r.child_id and o.id <> r.id
            and (not o.loose or o.id < r.id and o.id_scheme = %(scheme)s and exists (
                select from extracts_stagedperson s where s.extract_id = p.extract_id and s.local_id = o.local_id
            ))
      )
) own on true
where p.extract_id = %(extract)s;
