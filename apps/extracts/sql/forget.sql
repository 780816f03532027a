-- What an earlier try at the same extract left behind.
with facts as (delete from extracts_stagedfact where extract_id = %(extract)s),
     people as (delete from extracts_stagedperson where extract_id = %(extract)s),
     findings as (delete from extracts_finding where extract_id = %(extract)s)
delete from extracts_bundle where extract_id = %(extract)s
