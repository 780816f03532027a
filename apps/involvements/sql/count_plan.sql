-- What a plan would do, in figures: involvements opened, changed, ended, left alone; sightings and observations written.
select count(*) filter (where kind = 'I' and action = 'open'),
       count(*) filter (where kind = 'I' and action = 'change'),
       count(*) filter (where kind = 'I' and action = 'end'),
       (select count(*) from involvements_involvement i where i.feed_id = %(feed)s and i.recorded_to is null)
           - count(*) filter (where kind = 'I' and action <> 'open'),
       count(*) filter (where kind = 'S'),
       count(*) filter (where kind = 'O'),
       (select count(*) from involvements_involvement i
        where i.feed_id = %(feed)s and i.recorded_to is null and i.end_on is null)
from involvements_plannedfact
where extract_id = %(extract)s;
