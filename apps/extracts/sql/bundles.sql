-- Every local id of an extract with the hash of its rows, whatever their order; `changed` where the feed has not committed just that.
insert into extracts_bundle (extract_id, local_id, bundle_hash, changed)
select {extract}, b.local_id, b.bundle_hash, k.local_id is null
from (
    select local_id, md5(string_agg(hash::text, ',' order by hash))::uuid as bundle_hash
    from extracts_row_{extract}
    where local_id <> ''
    group by local_id
) b
left join ({known}) k on k.local_id = b.local_id and k.bundle_hash = b.bundle_hash
