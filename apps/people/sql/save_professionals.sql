-- One user is one professional: of several entries that name a user, the first in post keeps them.
with entry as (
    select distinct on (i.worker_id) i.*, a.id as agency_id, u.id as named_user
    from incoming_professional i
    join agencies_agency a on a.code = i.agency
    left join accounts_user u on i.username <> '' and lower(u.username) = lower(i.username)
        or i.username = '' and i.email <> '' and lower(u.email) = i.email
    order by i.worker_id, i.left_on desc nulls first
), linked as (
    select e.*, case when row_number() over (partition by named_user order by left_on desc nulls first, worker_id) = 1
        and not exists (select 1 from people_professional p where p.user_id = e.named_user and p.worker_id <> e.worker_id)
        then named_user end as user_id
    from entry e
)
insert into people_professional (worker_id, name, job_title, team, phone, email, agency_id, user_id, left_on)
select left(worker_id, 60), left(name, 160), left(job_title, 120), left(team, 120), left(phone, 30), left(email, 254), agency_id, user_id, left_on
from linked
on conflict (worker_id) do update set
    name = excluded.name, job_title = excluded.job_title, team = excluded.team, phone = excluded.phone, email = excluded.email,
    agency_id = excluded.agency_id, user_id = coalesce(excluded.user_id, people_professional.user_id), left_on = excluded.left_on
where (people_professional.name, people_professional.job_title, people_professional.team, people_professional.phone,
       people_professional.email, people_professional.agency_id, people_professional.left_on)
    is distinct from (excluded.name, excluded.job_title, excluded.team, excluded.phone, excluded.email, excluded.agency_id, excluded.left_on)
   or excluded.user_id is distinct from people_professional.user_id and excluded.user_id is not null
