-- A list adds to what is known and puts it right; a postcode it leaves out keeps its ward.
insert into agencies_ward (postcode, code, name)
select distinct on (postcode) postcode, code, name from incoming_ward order by postcode, name
on conflict (postcode) do update set code = excluded.code, name = excluded.name
where (agencies_ward.code, agencies_ward.name) is distinct from (excluded.code, excluded.name)
