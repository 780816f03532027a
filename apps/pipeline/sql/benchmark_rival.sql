-- What Splink's scored pairs make of each planned record: linked to the best child where it is likely enough and beats the next by a
-- margin, asked about where it may be, else new. The least anybody would do with them; no veto and no household is looked at.
with scored as (
    select substr(p.staged, 2) as local_id, r.child_id, max(p.weight) as weight
    from benchmark_pair p
    join children_sourcerecord r on r.id = substr(p.known, 2)::bigint
    group by 1, 2
),
ranked as (
    select *, row_number() over (partition by local_id order by weight desc, child_id) as place,
           lead(child_id) over (partition by local_id order by weight desc, child_id) as next_child,
           lead(weight) over (partition by local_id order by weight desc, child_id) as next_weight
    from scored
),
best as (
    select *, weight >= %(link)s and coalesce(weight - next_weight >= %(margin)s, true) as sure from ranked where place = 1
)
update children_plannedrecord pr
set match = case when b.sure then 'linked' when b.local_id is not null then 'question' else 'new' end,
    rule = case when b.local_id is not null then 'splink' else '' end,
    child_id = case when b.sure then b.child_id else nextval('children_child_id_seq') end,
    candidates = case when b.sure or b.local_id is null then '{}' else array_remove(array[b.child_id, b.next_child], null) end,
    evidence = case when b.local_id is not null
                    then jsonb_build_object('total', round(b.weight::numeric, 1), 'runner_up', b.next_child,
                                            'margin', round((b.weight - b.next_weight)::numeric, 1)) end
from children_plannedrecord self
left join best b on b.local_id = self.local_id
where self.id = pr.id and pr.extract_id = %(extract)s and pr.match = ''
