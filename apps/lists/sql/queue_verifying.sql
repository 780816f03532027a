-- One notice for each administrator of a setting and each day on which a word is over: before it, and once more when it is.
insert into lists_notice (setting_id, user_id, kind, due, reference, state, asked_at)
with read_by as (
    select m.agency_id, max(v.until) as until, min(m.valid_from) as since
    from access_membership m
    join agencies_agency a on a.id = m.agency_id and a.kind in ('school', 'early_years') and a.closed_on is null
    join accounts_user u on u.id = m.user_id and u.is_active
    left join lists_verification v on v.setting_id = m.agency_id and v.user_id = m.user_id and v.ended_at is null
    where m.role = any(%(readers)s) and m.valid_from <= %(today)s and coalesce(m.valid_until, 'infinity') >= %(today)s
    group by m.agency_id, m.user_id
),
wanted as (
    select agency_id, max(case when until is null then since when until < %(today)s then until + 1 else until end) as due
    from read_by where until is null or until <= %(soon)s
    group by agency_id
)
select distinct w.agency_id, u.id, 'verify', w.due, gen_random_uuid(), 'waiting', %(at)s::timestamptz
from wanted w
join access_membership m on m.agency_id = w.agency_id and m.role = any(%(verifiers)s)
    and m.valid_from <= %(today)s and coalesce(m.valid_until, 'infinity') >= %(today)s
join accounts_user u on u.id = m.user_id and u.is_active
where not exists (
    select from lists_notice n where n.setting_id = w.agency_id and n.user_id = u.id and n.kind = 'verify' and n.due = w.due)
on conflict do nothing;
