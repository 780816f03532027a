-- Whom those that are still not settled may be by their postcode, and the postcodes of more families than are neighbours.
drop table if exists pg_temp.open;
create temp table open on commit drop as
select * from wanted w where not exists (select from settled s where s.local_id = w.local_id);
analyze open;

create temp table neighbour on commit drop as
with place as (select postcode_key from open)
{neighbours};
analyze neighbour;

insert into pair
with hit as (
{hits_home}
)
select distinct h.local_id, n.child_id
from (select distinct local_id, record_id from hit) h
join wanted w on w.local_id = h.local_id
join children_sourcerecord n on n.id = h.record_id and n.id <> w.record_id
where not exists (select from pair p where p.local_id = h.local_id and p.child_id = n.child_id);
analyze pair;

insert into crowd
{crowded_streets};
