-- Who was on the last list, or on the version this one corrects, and is not on this one. A school is never told of a death: only that the
-- child left the list. Nor is it told of a hidden child that it is still in the area.
insert into lists_departure (list_id, child_id, surname, forename, why)
select distinct on (n.list_id, p.child_id) n.list_id, p.child_id, p.surname, p.forename,
       case when not c.address_hidden and c.died_on is null and c.left_area_on is null and c.merged_into_id is null
                 and (c.dob is null or c.dob + make_interval(years => %(over_age)s) > %(today)s)
                 and a.kind in ('school', 'early_years')
            then 'moved' else 'left' end
from lists_new n
join agencies_agency a on a.id = n.setting_id
join lists_entry p on p.list_id in (n.before_id, n.corrects_id)
join children_child c on c.id = p.child_id
where not exists (select from lists_draft d where d.setting_id = n.setting_id and d.child_id = p.child_id)
  -- a record joined to another child that is still on the list has not left
  and not exists (select from lists_draft d where d.setting_id = n.setting_id and d.child_id = c.merged_into_id)
order by n.list_id, p.child_id, p.list_id desc;
