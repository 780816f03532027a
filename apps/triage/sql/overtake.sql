-- A newer change of the same child takes the older one's place in the queue.
update triage_item t
set state = 'overtaken'
from ragp_change old
where t.state = 'open' and old.id = t.change_id
  and exists (select from ragp_change c where c.child_id = t.child_id and (c.at, c.id) > (old.at, old.id));
