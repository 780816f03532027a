-- Adds the touched children's surnames to the dictionary that search looks near spellings up in, with how they sound.
insert into children_surnamekey (key, sounds)
select fresh.key, dmetaphone(fresh.key)
from (
    select distinct surname_key as key from telling where surname_key <> ''
) fresh
where fresh.key not in (select key from children_surnamekey)
on conflict (key) do nothing
