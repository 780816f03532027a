-- What became of the rows in the end: linked rightly or wrongly, asked about, or missed, which is a known child taken for a new one.
with said as (
    select p.local_id::bigint as whose, coalesce(a.match, p.match) as match, coalesce(a.child_id, p.child_id) as child_id
    from children_plannedrecord p
    left join children_plannedrecord a on a.extract_id = p.extract_id and a.action = 'again' and a.record_id = p.record_id
    where p.extract_id = %(extract)s and p.action <> 'again'
)
select count(*) filter (where match = 'linked' and child_id = whose),
       count(*) filter (where match = 'linked' and child_id <> whose),
       count(*) filter (where match = 'question'),
       count(*) filter (where match not in ('linked', 'question') and whose <= %(children)s)
from said
