-- The deterministic passes: every planned record without a child is linked, asked about, or given a child of its own.
-- Candidates are blocked on equal keys only; ambiguity is an answer ("question"), never a guess.
drop table if exists pg_temp.wanted, pg_temp.pair, pg_temp.verdict;

create temp table wanted on commit drop as
select pr.local_id, pr.record_id, p.surname_key, p.forename_key, p.middle_names, p.known_as, p.dob, p.nhs_number, p.upn, p.former_upn,
       p.address_key, p.postcode_key
from children_plannedrecord pr
join extracts_stagedperson p on p.extract_id = pr.extract_id and p.local_id = pr.local_id
where pr.extract_id = %(extract)s and pr.match = ''
  and p.surname_key <> '' and p.forename_key <> '' and p.dob is not null;
analyze wanted;

create temp table pair on commit drop as
with blocked as (
    select w.local_id, v.record_id from wanted w
    join children_recordversion v on v.nhs_number = w.nhs_number and v.nhs_number <> '' and v.recorded_to is null
    union
    select w.local_id, v.record_id from wanted w
    join children_recordversion v on v.upn = w.upn and v.upn <> '' and v.recorded_to is null
    union
    select w.local_id, v.record_id from wanted w
    join children_recordversion v on v.upn = w.former_upn and v.upn <> '' and v.recorded_to is null
    union
    select w.local_id, v.record_id from wanted w
    join children_recordversion v on v.former_upn = w.upn and v.former_upn <> '' and v.recorded_to is null
    union
    select w.local_id, v.record_id from wanted w
    join children_recordversion v on v.dob = w.dob and v.surname_key = w.surname_key and v.recorded_to is null
    union
    select w.local_id, v.record_id from wanted w
    join children_recordaddress a on a.postcode_key = w.postcode_key and a.postcode_key <> '' and a.recorded_to is null
    join children_recordversion v on v.record_id = a.record_id and v.surname_key = w.surname_key
                                 and v.forename_key = w.forename_key and v.recorded_to is null
    union
    select w.local_id, v.record_id from wanted w
    join children_recordaddress a on a.address_key = w.address_key and a.address_key <> '' and a.recorded_to is null
    join children_recordversion v on v.record_id = a.record_id and v.surname_key = w.surname_key
                                 and v.forename_key = w.forename_key and v.recorded_to is null
),
-- the evidence of a child is that of all its records: a name here, an address there
suspects as (
    select distinct b.local_id, r.child_id
    from blocked b
    join wanted w on w.local_id = b.local_id
    -- a record that is put to the passes again is no evidence for itself; one whose link was undone is none for anybody
    join children_sourcerecord r on r.id = b.record_id and r.id <> w.record_id and not r.loose
    -- what a person set apart stays apart, from the whole of that child
    where not exists (
        select from matching_apart a
        join children_sourcerecord o on o.id = case when a.record_id = w.record_id then a.other_id else a.record_id end
        where a.lifted_at is null and w.record_id in (a.record_id, a.other_id) and o.child_id = r.child_id
    )
)
select s.local_id, s.child_id,
       bool_or(w.nhs_number <> '' and v.nhs_number = w.nhs_number) as nhs,
       bool_or(w.upn <> '' and w.upn in (v.upn, v.former_upn)
               or w.former_upn <> '' and w.former_upn = v.upn) as upn,
       bool_or(w.nhs_number <> '' and v.nhs_number <> '' and v.nhs_number <> w.nhs_number) as nhs_differs,
       bool_or(w.upn <> '' and v.upn <> '' and v.upn <> w.upn and w.upn <> v.former_upn and w.former_upn <> v.upn) as upn_differs,
       bool_or(v.surname_key = w.surname_key) as surname,
       bool_or(v.forename_key = w.forename_key) as forename,
       bool_or(v.surname_key = w.surname_key and v.forename_key = w.forename_key and v.dob = w.dob) as name_and_birth,
       bool_or(vcdb_forenames_agree(w.forename_key, v.forename_key, lower(w.known_as), lower(v.known_as))) as forename_near,
       bool_or(v.dob = w.dob) as dob,
       bool_or(vcdb_births_near(w.dob, v.dob)) as dob_near,
       coalesce(bool_or(a.address_key <> '' and a.address_key = w.address_key
                or a.postcode_key <> '' and a.postcode_key = w.postcode_key), false) as address
from suspects s
join wanted w on w.local_id = s.local_id
join children_sourcerecord r on r.child_id = s.child_id and r.id <> w.record_id and not r.loose
join children_recordversion v on v.record_id = r.id and v.recorded_to is null
left join children_recordaddress a on a.record_id = r.id and a.recorded_to is null
group by s.local_id, s.child_id;

create temp table verdict on commit drop as
with judged as (
    select local_id, child_id, name_and_birth, nhs,
           case
               when nhs and dob_near and forename_near and not upn_differs then 'nhs_number'
               when upn and dob_near and forename_near and not nhs_differs then 'upn'
               when name_and_birth and address and not nhs_differs and not upn_differs then 'name_birth_address'
           end as link,
           case
               when nhs or upn then 'identifier_contradicted'
               when name_and_birth and address then 'identifiers_differ'
               when nhs_differs or upn_differs then null
               when name_and_birth then 'no_address'
               when surname and dob and address then 'perhaps_twins'
               when surname and forename and dob_near and address then 'birth_date_near'
           end as ask
    from pair
),
summed as (
    select local_id,
           count(*) filter (where link is not null) as links,
           min(child_id) filter (where link is not null) as linked,
           min(link) filter (where link is not null) as link_rule,
           -- someone else of that very name and birth date: only a strong identifier decides
           count(*) filter (where link is null and name_and_birth) as rivals,
           count(*) filter (where link is null and ask = 'identifier_contradicted') as contradicted,
           min(ask) filter (where ask is not null and link is null) as ask_rule,
           array_agg(child_id order by child_id) filter (where link is not null or ask is not null) as candidates
    from judged
    group by local_id
)
select local_id, candidates,
       case when sure then 'linked' when links > 0 or ask_rule is not null then 'question' else 'new' end as match,
       case when sure then link_rule
            when links > 1 then 'several_children'
            when contradicted > 0 then 'identifier_contradicted'
            when links = 1 then 'rival'
            else coalesce(ask_rule, '') end as rule,
       linked as child_id
from summed
cross join lateral (
    select links = 1 and contradicted = 0 and (rivals = 0 or link_rule in ('nhs_number', 'upn')) as sure
) s;

update children_plannedrecord pr
set match = coalesce(found.match, case when w.local_id is null then 'nameless' else 'new' end),
    rule = coalesce(found.rule, ''),
    -- a record that stays alone keeps the child it already had
    child_id = case when found.match = 'linked' then found.child_id
                    else coalesce(pr.old_child_id, nextval('children_child_id_seq')) end,
    -- a nameless child that a record leaves becomes a pointer; one whose link was undone may yet be another record's
    old_child_id = case when found.match = 'linked' and not coalesce(r.loose, false) then pr.old_child_id end,
    candidates = case when found.match = 'question' then found.candidates else '{}' end
from children_plannedrecord self
left join wanted w on w.local_id = self.local_id
left join verdict found on found.local_id = self.local_id
left join children_sourcerecord r on r.id = self.record_id
where self.id = pr.id and pr.extract_id = %(extract)s and pr.match = '';
