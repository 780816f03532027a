-- One notice of a kind for each person who may open one of these lists.
insert into lists_notice (list_id, user_id, kind, reference, state, asked_at)
select distinct l.id, u.id, %(kind)s, gen_random_uuid(), 'waiting', %(at)s::timestamptz
from lists_weeklylist l
join access_membership m on m.agency_id = l.setting_id and m.role = any(%(readers)s)
    and m.valid_from <= %(today)s and coalesce(m.valid_until, 'infinity') >= %(today)s
join accounts_user u on u.id = m.user_id and u.is_active
where l.id = any(%(lists)s) and not exists (
    select from lists_notice n where n.list_id = l.id and n.user_id = u.id and n.kind = %(kind)s)
on conflict (list_id, user_id, kind) do nothing;
