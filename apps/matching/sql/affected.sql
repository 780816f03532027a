-- Children that an undo has touched and that exist already or are about to.
select distinct child_id from affected where child_id is not null
