-- The bulk, settled here: one child fits, name and birth date are the same to the letter, and an identifier or the very address says so too.
-- Each condition is one of the policy's (judging.py) drawn tighter: what is settled here, the policy would settle so.
insert into settled
with
{sure}
select s.local_id, s.child_id, s.rule, s.weights, s.total from sure s
where s.total >= %(link)s and (s.by_number and s.postcode or s.address and s.address_key like '%% %%')
  and (s.by_number or not exists (select from crowd c where c.address_key = s.address_key));
analyze settled (local_id);
