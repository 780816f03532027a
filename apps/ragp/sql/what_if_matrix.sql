-- From band to band, how many children: all of them, those that stay too.
select coalesce(a.band, 'none'), r.band, count(*)
from ragp_result r
left join ragp_assessment a on a.child_id = r.child_id and a.superseded_at is null
group by 1, 2
order by 1, 2
