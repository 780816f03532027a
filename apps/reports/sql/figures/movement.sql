-- Children whose band really moved in the week, by where from and where to; moves that only a late or repaired file made are left out.
select x.from_band || '/' || x.to_band as key, x.child_id as id, x.child_id
from ragp_change x
where x.at > %(begin)s and x.at <= %(known)s and x.nature = 'real'
