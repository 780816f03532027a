-- What is returned, by the record that puts the child on the setting's roll: linked to another child later, the facts go with it.
drop table if exists pg_temp.lists_returned;
create temp table lists_returned on commit drop as
select distinct on (a.id) a.*, l.setting_id, l.week, 'week/' || l.week as key, k.id as record_id, k.child_id,
       row_number() over (partition by 1 order by a.entry_id)::int as row_no
from lists_answer a
join lists_entry e on e.id = a.entry_id
join lists_weeklylist l on l.id = e.list_id
join children_sourcerecord k on k.child_id = vcdb_standing(e.child_id)
join agencies_agency at on at.id = l.setting_id
left join involvements_involvement i on i.record_id = k.id and i.setting_id = l.setting_id and i.service = any(%(enrolments)s)
where l.id = %(list)s
  and (i.id is not null or at.kind not in ('school', 'early_years')) -- who answers for children of no setting has them on no roll
order by a.id, (i.id is not null) desc, (i.recorded_to is null) desc, i.start_on desc nulls last, i.id desc;
