select distinct child_id from lists_returned order by 1;
