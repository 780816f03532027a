-- Which services each list may tell of each child, whose they are, and whom they name: at existence the agency, at content its worker.
insert into lists_involved
select r.setting_id, r.child_id, i.agency_id, i.service, i.start_on,
       case when s.content and w.id is not null then w.name else a.name end,
       case when s.content and w.id is not null then w.phone else a.phone end,
       s.content and w.id is not null
from lists_roll r
join children_sourcerecord k on k.child_id = r.child_id
join involvements_involvement i on i.record_id = k.id and i.recorded_to is null
join lists_shared s on s.setting_id = r.setting_id and s.provider_id = i.agency_id and s.service = i.service
join agencies_agency a on a.id = i.agency_id
left join involvements_involvementdetail d on d.involvement_id = i.id
left join people_professional w on w.id = d.worker_id
where (i.start_on is null or i.start_on <= %(today)s) and (i.end_on is null or i.end_on > %(today)s)
  and not i.service = any(%(enrolments)s);
