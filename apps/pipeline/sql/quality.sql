-- Every active feed with its newest good file, the figures kept of it, and the questions that wait: one statement for the whole page.
select f.code, f.title, a.name, f.every_days, e.as_of, g.measured_at, coalesce(q.waiting, 0),
       g.records, g.born, g.school_age, g.named, g.with_dob, g.with_sex, g.with_ethnicity, g.with_address,
       g.with_nhs_number, g.nhs_number_known, g.with_upn, g.any_upn, g.errors, g.warnings
from extracts_feed f
join agencies_agency a on a.id = f.agency_id
left join vcdb_open_by_feed() q on q.feed_id = f.id
left join lateral (
    select id, as_of from extracts_extract where feed_id = f.id and state = 'committed' order by as_of desc, id desc limit 1
) e on true
left join pipeline_figures g on g.extract_id = e.id
where f.active and (%(feed)s::text = '' or f.code = %(feed)s::text)
order by a.name, f.title;
