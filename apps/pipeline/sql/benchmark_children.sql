-- Invented children from one number to another, each with two records; every third is known to services, all are enrolled.
-- Sixty to a setting. Only benchmarks, in an instance of their own, use this.
with made as (
    insert into children_child
        (public_id, surname, forename, middle_names, known_as, dob, sex, ethnicity, nhs_number, upn, surname_key, forename_key,
         sources, provisional, provisional_because, restricted, address_hidden, reach, setting_id, year_group)
    select gen_random_uuid(), 'Surname' || i, 'Fore' || i, '', '', date '2010-01-01' + i %% 3000, 'F', '', '', '',
           'surname' || i, 'fore' || i, '{}', false, '', false, false, array[%(agency)s, %(settings)s::int + i / 60],
           %(settings)s + i / 60, '7'
    from generate_series(%(first)s::int, %(last)s::int) i
    returning id
),
records as (
    insert into children_sourcerecord (id_scheme, local_id, agency_id, child_id)
    select 'bench' || k, id::text, %(agency)s, id from made cross join generate_series(1, 2) k
    returning id, child_id, id_scheme
),
enrolled as (
    insert into involvements_involvement
        (record_id, feed_id, agency_id, key, extract_id, row_no, recorded_from, service, start_on, end_inferred, setting_id, setting_ref)
    select r.id, %(feed)s, %(agency)s, 'roll', %(extract)s, 1, clock_timestamp(), 'school_roll', %(today)s::date - 200, false,
           %(settings)s + (%(first)s::int - 1 + row_number() over (order by r.child_id)) / 60, ''
    from records r where r.id_scheme = 'bench1'
),
known as (
    insert into involvements_involvement
        (record_id, feed_id, agency_id, key, extract_id, row_no, recorded_from, service, start_on, end_on, end_inferred, setting_ref)
    select r.id, %(feed)s, %(agency)s, k::text, %(extract)s, 1, clock_timestamp(),
           (array['child_in_need', 'early_help', 'ehcp', 'missing', 'camhs', 'vemt', 'child_protection', 'sen_support',
                  'young_carer'])[1 + (r.child_id * 7 + k * k) %% 9],
           %(today)s::date - (r.child_id * k %% 300)::int,
           case when (r.child_id + k) %% 3 = 0 then %(today)s::date - 1 end, false, ''
    from records r cross join generate_series(1, 3) k
    where r.id_scheme = 'bench2' and r.child_id %% 3 = 0
),
measured as (
    insert into involvements_observation
        (record_id, feed_id, agency_id, key, extract_id, row_no, recorded_from, measure, "on", until, value, text, detail)
    select r.id, %(feed)s, %(agency)s, 'week', %(extract)s, 1, clock_timestamp(), 'attendance', %(today)s::date - 10,
           %(today)s::date - 6, 100 - r.child_id %% 70, '', '{}'
    from records r where r.id_scheme = 'bench1'
)
insert into children_stale (child_id, since) select id, clock_timestamp() from made;
