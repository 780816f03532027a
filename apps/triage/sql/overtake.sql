-- A newer change of the same child takes the older one's place in the queue, and that of an entry to a cohort or of a band set by hand, which it carries on.
update triage_item t
set state = 'overtaken'
where t.state = 'open'
  and case
      when t.change_id is not null then exists (
          select from ragp_change old join ragp_change c on c.child_id = old.child_id and (c.at, c.id) > (old.at, old.id)
          where old.id = t.change_id)
      else exists (
          select from ragp_change c
          join ragp_assessment a on a.id = c.after_id
          join ragp_scheme s on s.id = a.scheme_id and c.at >= s.watched_from
          where c.child_id = t.child_id and c.at > t.opened_at)
      end;
