-- What the council itself keeps of a setting (safeguarding lead, its own code) is left alone; only what differs is written.
insert into agencies_agency (code, name, kind, phase, urn, laestab, phone, safeguarding_lead, address, postcode, trust_id, opened_on, closed_on)
select distinct on (i.urn) 'urn-' || lower(i.urn), left(i.name, 200), i.kind, left(i.phase, 40), i.urn, left(i.laestab, 10), left(i.phone, 30),
       '', i.address, i.postcode, t.id, i.opened_on, i.closed_on
from incoming_establishment i left join agencies_agency t on t.code = 'trust-' || lower(i.trust) and i.trust <> ''
where i.urn ~ '^[A-Za-z0-9]{1,10}$'
order by i.urn
on conflict (urn) do update set
    name = excluded.name, kind = excluded.kind, phase = excluded.phase, laestab = excluded.laestab, phone = excluded.phone,
    address = excluded.address, postcode = excluded.postcode, trust_id = excluded.trust_id,
    opened_on = excluded.opened_on, closed_on = excluded.closed_on
where (agencies_agency.name, agencies_agency.kind, agencies_agency.phase, agencies_agency.laestab, agencies_agency.phone,
       agencies_agency.address, agencies_agency.postcode, agencies_agency.trust_id, agencies_agency.opened_on, agencies_agency.closed_on)
    is distinct from
      (excluded.name, excluded.kind, excluded.phase, excluded.laestab, excluded.phone,
       excluded.address, excluded.postcode, excluded.trust_id, excluded.opened_on, excluded.closed_on)
