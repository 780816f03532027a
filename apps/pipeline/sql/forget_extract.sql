-- The working rows of an extract whose own rows go.
with facts as (delete from extracts_stagedfact where extract_id = %(extract)s),
people as (delete from extracts_stagedperson where extract_id = %(extract)s),
bundles as (delete from extracts_bundle where extract_id = %(extract)s),
moves as (delete from ragp_plannedmove where extract_id = %(extract)s),
planned as (delete from involvements_plannedfact where extract_id = %(extract)s)
delete from children_plannedrecord where extract_id = %(extract)s
