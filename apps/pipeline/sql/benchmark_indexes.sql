-- How each foreign key and each index that is no constraint's is dropped and made again, in that order.
select format('alter table %%I drop constraint %%I', c.conrelid::regclass::text, c.conname),
       format('alter table %%I add constraint %%I %%s', c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid))
from pg_constraint c
where c.contype = 'f' and c.conrelid::regclass::text = any(%(tables)s)
union all
select format('drop index %%I', i.indexrelid::regclass::text), pg_get_indexdef(i.indexrelid)
from pg_index i
where i.indrelid::regclass::text = any(%(tables)s) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
