select distinct child_id from lists_endeavoured order by 1;
