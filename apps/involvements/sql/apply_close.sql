-- The versions the plan replaces stop being current; nothing is overwritten.
with closed as (
    select kind, current_id from involvements_plannedfact where extract_id = %(extract)s and current_id is not null
), involvements as (
    update involvements_involvement i set recorded_to = %(at)s from closed
    where closed.kind = 'I' and closed.current_id = i.id and i.recorded_to is null
), sightings as (
    update involvements_sighting s set recorded_to = %(at)s from closed
    where closed.kind = 'S' and closed.current_id = s.id and s.recorded_to is null
)
update involvements_observation o set recorded_to = %(at)s from closed
where closed.kind = 'O' and closed.current_id = o.id and o.recorded_to is null;
