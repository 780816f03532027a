-- Whom those that are not settled may be by the very address, and the addresses of more families than live in one.
drop table if exists pg_temp.open;
create temp table open on commit drop as
select * from wanted w where not exists (select from settled s where s.local_id = w.local_id);
analyze open;

create temp table housemate on commit drop as
with place as (select address_key from open)
{housemates};
analyze housemate;

insert into pair
with hit as (
{hits_house}
)
select distinct h.local_id, n.child_id
from (select distinct local_id, record_id from hit) h
join wanted w on w.local_id = h.local_id
join children_sourcerecord n on n.id = h.record_id and n.id <> w.record_id
where not exists (select from pair p where p.local_id = h.local_id and p.child_id = n.child_id);
analyze pair;

create temp table crowd on commit drop as
{crowded_houses};
