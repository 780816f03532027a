-- One notice of a kind for each person who may open one of these lists: at a setting, who is verified this term.
insert into lists_notice (list_id, user_id, kind, reference, state, asked_at)
select distinct l.id, u.id, %(kind)s, gen_random_uuid(), 'waiting', %(at)s::timestamptz
from lists_weeklylist l
join access_membership m on m.agency_id = l.setting_id and m.role = any(%(readers)s)
    and m.valid_from <= %(today)s and coalesce(m.valid_until, 'infinity') >= %(today)s
join accounts_user u on u.id = m.user_id and u.is_active
join agencies_agency a on a.id = m.agency_id
where l.id = any(%(lists)s) and (a.kind not in ('school', 'early_years') or exists (
        select from lists_verification v
        where v.setting_id = m.agency_id and v.user_id = m.user_id and v.ended_at is null and v.until >= %(today)s))
  and not exists (
    select from lists_notice n where n.list_id = l.id and n.user_id = u.id and n.kind = %(kind)s)
on conflict (list_id, user_id, kind) do nothing;
