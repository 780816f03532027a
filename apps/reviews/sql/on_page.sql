-- What a child's page shows of reviews, in one statement: reviews, who leads, is asked to or has just refused, the team, open actions, the last contact.
-- The policies hold below this; the conditions here are theirs, asked once more, as everywhere.
(select 'reviews', jsonb_build_object('id', r.public_id, 'name', t.name, 'state', r.state, 'meets_on', r.meets_on,
                                      'since', (r.since at time zone 'Europe/London')::date)
 from reviews_casereview r
 join reviews_reviewtype t on t.id = r.type_id
 where r.child_id = %(child)s and (%(runs)s or r.agencies && %(own)s::int[])
 order by r.raised_at desc limit 20)
union all
(select 'leads', jsonb_build_object('part', l.state, 'name', l.name, 'job', l.job, 'phone', l.phone, 'agency', a.name, 'since', l.since,
                              'on', (l.answered_at at time zone 'Europe/London')::date)
 from reviews_lead l
 join agencies_agency a on a.id = l.agency_id
 where l.child_id = %(child)s and (l.state in ('current', 'proposed') or l.state = 'refused' and not exists (
       select from reviews_lead n where n.child_id = l.child_id and (n.at, n.id) > (l.at, l.id)))
   and (%(runs)s or l.agency_id = any(%(known)s) or l.by_agency_id = any(%(own)s) or l.heir_id = any(%(own)s)))
union all
(select 'team', jsonb_build_object('part', 'team', 'name', m.name, 'job', m.job, 'phone', m.phone, 'agency', a.name, 'since', null)
 from reviews_member m
 join agencies_agency a on a.id = m.agency_id
 where m.child_id = %(child)s and m.ended_at is null
   and (%(runs)s or m.agency_id = any(%(known)s) or m.by_agency_id = any(%(own)s))
 order by a.name, m.name)
union all
(select 'child_actions', jsonb_build_object('id', c.id, 'what', c.what, 'owner', c.owner, 'agency', a.name, 'due_on', c.due_on)
 from reviews_action c
 join agencies_agency a on a.id = c.agency_id
 left join reviews_casereview r on r.id = c.review_id
 where c.child_id = %(child)s and c.state = 'open'
   and (%(runs)s or c.agency_id = any(%(own)s) or c.by_agency_id = any(%(own)s) or r.agencies && %(own)s::int[])
 order by c.due_on, c.id limit 5)
union all
(select 'contacts', jsonb_build_object('on', k."on", 'way', k.way, 'with_whom', k.with_whom, 'made', k.made)
 from reviews_contact k
 where k.child_id = %(child)s and (%(runs)s or k.agency_id = any(%(whole)s))
 order by k."on" desc, k.id desc limit 1)
