-- Children one of whose enrolments began or ended with time alone since a day: nobody sent anything, yet who reaches them has changed.
select distinct r.child_id
from involvements_involvement i
join children_sourcerecord r on r.id = i.record_id
where i.service = any(%(enrolments)s) and i.recorded_to is null and i.setting_id is not null
  and (i.start_on between %(since)s and %(today)s or i.end_on between %(since)s and %(today)s);
