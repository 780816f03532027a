-- Who was on the last list and is not on this one. A school is never told of a death: only that the child left the list.
-- Nor is it told of a hidden child that it is still in the area.
insert into lists_departure (list_id, child_id, surname, forename, why)
select n.list_id, p.child_id, p.surname, p.forename,
       case when not c.address_hidden and c.died_on is null and c.left_area_on is null and c.merged_into_id is null
                 and (c.dob is null or c.dob + make_interval(years => %(over_age)s) > %(today)s)
            then 'moved' else 'left' end
from lists_new n
join lists_entry p on p.list_id = n.before_id
join children_child c on c.id = p.child_id
where not exists (select from lists_draft d where d.setting_id = n.setting_id and d.child_id = p.child_id)
  -- a record joined to another child that is still on the list has not left
  and not exists (select from lists_draft d where d.setting_id = n.setting_id and d.child_id = c.merged_into_id);
