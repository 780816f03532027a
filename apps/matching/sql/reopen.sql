-- Records known already whose words about who they are have changed, unless a person decided them: they are put to the passes again.
-- ``reopened`` names them with the child they have; a record that had no name and now has one is among them.
drop table if exists pg_temp.reopened;
create temp table reopened on commit drop as
select pr.local_id, pr.record_id, r.child_id
from children_plannedrecord pr
join extracts_stagedperson p on p.extract_id = pr.extract_id and p.local_id = pr.local_id
join children_sourcerecord r on r.id = pr.record_id and not r.loose
left join children_recordversion v on v.record_id = r.id and v.feed_id = %(feed)s and v.recorded_to is null
    and v.extract_id <> all(%(unsaid)s)
left join children_recordaddress a on a.record_id = r.id and a.feed_id = %(feed)s and a.recorded_to is null
    and a.extract_id <> all(%(unsaid)s)
where pr.extract_id = %(extract)s and pr.action <> 'gone'
  -- a record that is known has a child by the plan, or had one
  and coalesce(pr.child_id, pr.old_child_id) is not null
  and (v.id is null
       or (v.surname_key, v.forename_key, v.middle_names, v.known_as, v.former_surname, v.dob, v.unborn, v.nhs_number, v.upn, v.former_upn,
           v.mother)
          is distinct from (p.surname_key, p.forename_key, p.middle_names, p.known_as, p.former_surname, p.dob, p.unborn, p.nhs_number,
           p.upn, p.former_upn, p.mother)
       or (p.address <> '' or p.postcode <> '')
          and (coalesce(a.address_key, ''), coalesce(a.postcode_key, '')) is distinct from (p.address_key, p.postcode_key))
  and not exists (
      select from matching_linkversion l
      join matching_decision d on d.id = l.decision_id and d.by is not null
      where l.record_id = r.id and l.recorded_to is null
  );

update children_plannedrecord pr set match = '', child_id = null, old_child_id = o.child_id
from reopened o
where pr.extract_id = %(extract)s and pr.local_id = o.local_id;
