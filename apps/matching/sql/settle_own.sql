-- Settled before anybody looks at the household: a number, name and birth date to the letter, at a place where the child is known already
-- (so that it has been compared with who lives there), or where no place is given.
insert into settled
with
{sure}
select local_id, child_id, rule, weights, total from sure
where by_number and (postcode or postcode_key = '' and address_key = '') and total >= %(link)s;
analyze settled (local_id);
