-- What the incoming settings would do: how many are new, differ, close (a closing day where there was none) and stay.
with incoming as (
    select distinct on (urn) * from incoming_establishment where urn ~ '^[A-Za-z0-9]{1,10}$' order by urn
),
compared as (
    select a.id is null as is_new,
           a.id is not null and i.closed_on is not null and a.closed_on is null as closes,
           a.id is not null and
             (a.name, a.kind, a.phase, a.laestab, a.phone, a.address, a.postcode, coalesce(t.code, ''), a.opened_on, a.closed_on)
             is distinct from
             (left(i.name, 200), i.kind, left(i.phase, 40), left(i.laestab, 10), left(i.phone, 30), i.address, i.postcode,
              case when i.trust = '' then '' else 'trust-' || lower(i.trust) end, i.opened_on, i.closed_on) as differs
    from incoming i
    left join agencies_agency a on a.urn = i.urn
    left join agencies_agency t on t.id = a.trust_id
)
select count(*) filter (where is_new), count(*) filter (where differs and not closes), count(*) filter (where closes),
       count(*) filter (where not is_new and not differs)
from compared
