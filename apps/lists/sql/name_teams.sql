-- The lists of children of no setting bear these names; the education service answers for them and sees what is shared with it.
insert into agencies_agency (code, name, kind, phase, laestab, phone, safeguarding_lead, address, postcode)
select t.code, t.name, 'service', '', '', '', '', '', ''
from (values ('of-no-setting-home', 'Home educated'),
             ('of-no-setting-elsewhere', 'At a setting not known to us'),
             ('of-no-setting-unknown', 'No setting known')) t (code, name)
where not exists (select from agencies_agency a where a.code = t.code);
