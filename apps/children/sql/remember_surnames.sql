-- Adds the touched children's surnames to the dictionary that search looks near spellings up in, with how they sound.
insert into children_surnamekey (key, sounds)
select fresh.key, dmetaphone(fresh.key)
from (
    select distinct v.surname_key as key
    from touched t
    join children_sourcerecord r on r.child_id = t.child_id
    join children_recordversion v on v.record_id = r.id and v.recorded_to is null
    where v.surname_key <> ''
) fresh
where fresh.key not in (select key from children_surnamekey)
on conflict (key) do nothing
