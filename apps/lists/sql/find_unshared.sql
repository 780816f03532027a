-- What a list would tell that no agreement lets its reader see any more, or no longer in such detail: drafted under one that ended since.
-- Asked as it is asked of a list that is out: what is released here can be opened.
insert into lists_snag (list_id, kind, children, note)
select u.list_id, 'unshared', count(distinct e.id)::int, ''
from vcdb_lists_unshared(%(lists)s) u
left join lists_entry e on e.list_id = u.list_id
    and case u.level when 'rating' then e.band <> '' else e.services @> jsonb_build_array(jsonb_build_object('service', u.service)) end
group by u.list_id
on conflict (list_id, kind) do nothing;
