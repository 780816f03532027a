-- What an earlier try at this extract left behind, and the working rows of the feed's extracts that are over.
with over as (
    select %(extract)s::bigint as id
    union
    select id from extracts_extract where feed_id = %(feed)s and state in ('committed', 'refused', 'cancelled', 'undone')
),
facts as (delete from extracts_stagedfact where extract_id in (select id from over)),
people as (delete from extracts_stagedperson where extract_id in (select id from over)),
findings as (delete from extracts_finding where extract_id = %(extract)s)
delete from extracts_bundle where extract_id in (select id from over)
