-- What hangs on each question this commit opened: the gravest open service of the record or of any child it may be, then how many there are.
update matching_question q set stake = least(10 * s.gravest + least(s.open, 9), 99)
from (
    select q.id, coalesce(max(case
               when i.service in ('child_protection', 'looked_after') then 4
               when i.service in ('child_in_need', 'missing', 'vemt') then 3
               when i.service in ('social_worker', 'social_care_referral', 'youth_justice', 'care_leaver') then 2
               when i.service in ('school_roll', 'early_years_roll') then 0
               else 1 end), 0) + bool_or(c.restricted or c.address_hidden)::int as gravest,
           count(distinct (i.service, i.agency_id)) as open
    from matching_question q
    join lateral (select q.child_id union select k.child_id from matching_candidate k where k.question_id = q.id) w on true
    join children_child c on c.id = w.child_id
    left join children_sourcerecord r on r.child_id = w.child_id
    left join involvements_involvement i on i.record_id = r.id and i.recorded_to is null and (i.end_on is null or i.end_on > %(today)s)
    where q.extract_id = %(extract)s and q.closed_at is null
    group by q.id
) s
where s.id = q.id and q.stake <> least(10 * s.gravest + least(s.open, 9), 99)
