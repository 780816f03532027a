insert into agencies_agency (code, name, kind, phase, laestab, phone, safeguarding_lead, address, postcode)
select distinct on (trust) 'trust-' || lower(trust), left(trust_name, 200), 'trust', '', '', '', '', '', ''
from incoming_establishment where trust ~ '^[A-Za-z0-9]{1,20}$'
order by trust, trust_name
on conflict (code) do update set name = excluded.name where agencies_agency.name <> excluded.name
