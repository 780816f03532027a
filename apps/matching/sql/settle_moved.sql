-- Those whose number, name and birth date say who they are, and whom no neighbour of their new place comes near.
insert into settled
with
{sure}
select s.local_id, s.child_id, s.rule, s.weights, s.total from sure s
where s.total >= %(link)s and s.by_number
  and s.local_id not in (select local_id from settled)
  and s.local_id in (select local_id from pair group by local_id having count(*) = 1);
analyze settled (local_id);
