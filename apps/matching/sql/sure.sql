-- What was told that leaves no doubt, with its bits.
apart as (
    select x.record_id, r.child_id from matching_apart x join children_sourcerecord r on r.id = x.other_id where x.lifted_at is null
    union
    select x.other_id, r.child_id from matching_apart x join children_sourcerecord r on r.id = x.record_id where x.lifted_at is null
),
rare as materialized (
    select field, name, bits::numeric as bits
    from jsonb_each(%(rarity)s::jsonb) f (field, names), jsonb_each_text(names) n (name, bits)
),
bit as materialized (
    select level, (%(weights)s::jsonb #>> string_to_array(level, ' '))::numeric as bits
    from unnest(array['surname exact', 'forename exact', 'dob exact', 'nhs exact', 'upn exact', 'middle agree', 'sex agree', 'address exact',
                      'address postcode', 'address differs']) level
),
bits as materialized (
    select (select bits from bit where level = 'surname exact') as surname, (select bits from bit where level = 'forename exact') as forename,
           (select bits from bit where level = 'dob exact') as dob, (select bits from bit where level = 'nhs exact') as nhs,
           (select bits from bit where level = 'upn exact') as upn, (select bits from bit where level = 'middle agree') as middle,
           (select bits from bit where level = 'sex agree') as sex, (select bits from bit where level = 'address exact') as address,
           (select bits from bit where level = 'address postcode') as postcode, (select bits from bit where level = 'address differs') as moved
),
weighed as (
    select t.*, w.postcode_key, w.address_key, w.record_id, least(b.surname, s.bits) as w_surname, least(b.forename, f.bits) as w_forename,
           b.dob as w_dob, case when t.nhs then b.nhs end as w_nhs, case when t.upn then b.upn end as w_upn,
           case when t.middle then b.middle end as w_middle, case when t.sex then b.sex end as w_sex,
           case when t.address then b.address when t.postcode then b.postcode when t.moved then b.moved end as w_address
    from told t
    join wanted w on w.local_id = t.local_id
    cross join bits b
    left join rare s on s.field = 'surname' and s.name = w.surname_key
    left join rare f on f.field = 'forename' and f.name = w.forename_key
    where t.named and not t.doubtful and (t.nhs or t.upn or t.postcode)
),
sure as (
    select t.local_id, t.child_id, t.nhs or t.upn as by_number, t.postcode, t.address, t.postcode_key, t.address_key,
           case when t.nhs then 'nhs_number' when t.upn then 'upn' else 'name_birth_address' end as rule,
           -- written as text: one object built part by part costs three times as much
           (concat('{"surname": ["exact", ', w_surname, '], "forename": ["exact", ', w_forename, '], "dob": ["exact", ', w_dob, ']',
                   ', "nhs": ["exact", ' || w_nhs || ']', ', "upn": ["exact", ' || w_upn || ']',
                   ', "middle": ["agree", ' || w_middle || ']', ', "sex": ["agree", ' || w_sex || ']',
                   ', "address": ["' || case when t.address then 'exact' when t.postcode then 'postcode' else 'differs' end
                       || '", ' || w_address || ']',
                   '}'))::jsonb as weights,
           round(w_surname + w_forename + w_dob + coalesce(w_nhs, 0) + coalesce(w_upn, 0) + coalesce(w_middle, 0) + coalesce(w_sex, 0)
                 + coalesce(w_address, 0), 1) as total
    from weighed t
    where not exists (select from apart x where x.record_id = t.record_id and x.child_id = t.child_id)
)
