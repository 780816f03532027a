select w.local_id, w.record_id from wanted w
where not exists (select from settled s where s.local_id = w.local_id)
  and w.local_id <> all(%(already)s)
  and w.local_id in (select local_id from pair union all select local_id from reopened
                     union all select local_id from within union all select other from within)
