-- What a commit has told something new of: open questions about children that gained evidence, and what is left of children that a
-- record left. Each is looked at once more, in the words that are current now.
drop table if exists pg_temp.reopened, pg_temp.wanted, pg_temp.pair, pg_temp.within, pg_temp.settled, pg_temp.housemate, pg_temp.neighbour, pg_temp.crowd, pg_temp.verdict;
create temp table reopened on commit drop as
with moved as (
    select record_id, child_id, old_child_id from children_plannedrecord
    where extract_id = %(extract)s and id > %(after)s and (match = 'linked' or rule = 'again' or old_child_id <> child_id)
),
gained as (
    select child_id from moved union select old_child_id from moved where old_child_id is not null
),
asked as (
    -- each side is hashed once: a question of this very commit is not counted yet, and a join would go through all that gained for each
    select q.record_id from matching_question q
    left join matching_candidate k on k.question_id = q.id
    where q.closed_at is null and q.answered_by is null
      and (q.child_id in (select child_id from gained) or k.child_id in (select child_id from gained))
    union
    -- of a child that a record left, the one that came first speaks for the rest
    select min(r.id) from moved m
    join children_sourcerecord r on r.child_id = m.old_child_id and not r.loose
    where m.old_child_id <> m.child_id
    group by m.old_child_id
)
select '#' || r.id as local_id, r.id as record_id, r.child_id
from asked a
join children_sourcerecord r on r.id = a.record_id and not r.loose
where not exists (
    select from children_sourcerecord o
    join matching_linkversion l on l.record_id = o.id and l.recorded_to is null
    join matching_decision d on d.id = l.decision_id and d.by is not null
    where o.child_id = r.child_id
);

create temp table wanted on commit drop as
select o.local_id, o.record_id, v.surname_key, v.forename_key, lower(v.middle_names) as middle,
       lower(translate(v.known_as, '-''', ' ')) as known_key, lower(translate(v.former_surname, '-''', ' ')) as former_key,
       v.dob, v.unborn, v.sex, v.nhs_number, v.upn, v.former_upn, coalesce(a.address_key, '') as address_key, lower(v.mother) as mother,
       case when a.postcode_key like 'ZZ99___' then '' else coalesce(a.postcode_key, '') end as postcode_key,
       case when extract(day from v.dob) <= 12
            then make_date(extract(year from v.dob)::int, extract(day from v.dob)::int, extract(month from v.dob)::int) end as swapped,
       v.surname_key <> '' and v.forename_key <> '' and v.dob is not null and not v.unborn as whole
from reopened o
join lateral (
    select * from children_recordversion v
    where v.record_id = o.record_id and v.recorded_to is null and v.extract_id <> all(%(unsaid)s)
    order by (v.dob is not null) desc, (v.surname_key <> '') desc, v.extract_id desc limit 1
) v on true
left join lateral (
    select * from children_recordaddress a
    where a.record_id = o.record_id and a.recorded_to is null and a.extract_id <> all(%(unsaid)s)
    order by a.extract_id desc limit 1
) a on true;

create temp table within (local_id text, other text) on commit drop;
create temp table settled (local_id text, child_id bigint) on commit drop;
