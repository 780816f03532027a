create temporary table incoming_establishment (
    urn text, name text, kind text, phase text, laestab text, phone text, address text, postcode text,
    trust text, trust_name text, opened_on date, closed_on date
) on commit drop;
create temporary table incoming_link (urn text, linked_urn text, link_type text, established_on date) on commit drop
