-- What became of the rows: linked rightly or wrongly, asked about, or missed, which is a known child taken for a new one.
select count(*) filter (where match = 'linked' and child_id = local_id::bigint),
       count(*) filter (where match = 'linked' and child_id <> local_id::bigint),
       count(*) filter (where match = 'question'),
       count(*) filter (where match not in ('linked', 'question') and local_id::bigint <= %(children)s)
from children_plannedrecord
where extract_id = %(extract)s
