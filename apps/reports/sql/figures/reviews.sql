-- Which case reviews were raised and decided in the week, and which were under way at its end, within the time for where they stood or beyond.
with moves as (
    select m.id, m.review_id, r.child_id, m.name, m."to", m.at, m.due_at
    from reviews_move m
    join reviews_casereview r on r.id = m.review_id
    where m.at <= %(known)s
),
stood as (
    select distinct on (m.review_id) m.review_id, m.child_id, m."to", m.due_at from moves m order by m.review_id, m.at desc, m.id desc
)
select case m.name when 'raise' then 'raised' else 'decided' end as key, m.review_id as id, m.child_id
from moves m where m.at > %(begin)s and m.name in ('raise', 'decide')
union all
select case when s.due_at < %(known)s then 'overdue' else 'open' end, s.review_id, s.child_id
from stood s
join vcdb_report_children(%(known)s, %(day)s) c on c.child_id = s.child_id
where s."to" not in ('closed', 'declined')
