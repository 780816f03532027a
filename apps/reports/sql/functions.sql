-- What every figure rests on: who belonged to whom, which children stood, which services were involved, as known at a moment.
-- They run with the rights of whoever asks, so that row-level security holds in them too.

-- Which child each record belonged to.
create or replace function vcdb_report_links(known timestamptz) returns table (record_id bigint, child_id bigint)
language sql stable as $$
    select l.record_id, l.child_id
    from matching_linkversion l
    where l.recorded_from <= known and (l.recorded_to is null or l.recorded_to > known)
$$;

-- The children that stood: with a record, not dead, not gone from the area, not over age; each with its band as worked out then.
-- "high" are the two highest bands of the scheme it was rated by.
create or replace function vcdb_report_children(known timestamptz, on_day date)
returns table (child_id bigint, band text, rank integer, high boolean)
language sql stable as $$
    select k.child_id, coalesce(a.band, 'none')::text, coalesce(b.rank, 0)::integer, coalesce(b.high, false)
    from (select distinct l.child_id from vcdb_report_links(known) l) k
    left join ragp_assessment a
        on a.child_id = k.child_id and a.assessed_at <= known and (a.superseded_at is null or a.superseded_at > known)
    left join (
        select s.scheme_id, s.code, s.rank, dense_rank() over (partition by s.scheme_id order by s.rank desc) <= 2 as high
        from ragp_band s
    ) b on b.scheme_id = a.scheme_id and b.code = a.band
    left join (
        select distinct l.child_id
        from children_recordversion v
        join vcdb_report_links(known) l on l.record_id = v.record_id
        where (v.died_on <= on_day or v.left_area_on <= on_day)
          and v.recorded_from <= known and (v.recorded_to is null or v.recorded_to > known)
    ) gone on gone.child_id = k.child_id
    where gone.child_id is null and coalesce(a.unrated, '') in ('', 'stale')
$$;

-- The involvements that were open, enrolments included.
create or replace function vcdb_report_open(known timestamptz, on_day date)
returns table (child_id bigint, service text, agency_id bigint, setting_id bigint, start_on date)
language sql stable as $$
    select l.child_id, i.service::text, i.agency_id, i.setting_id, i.start_on
    from involvements_involvement i
    join vcdb_report_links(known) l on l.record_id = i.record_id
    where i.recorded_from <= known and (i.recorded_to is null or i.recorded_to > known)
      and (i.start_on is null or i.start_on <= on_day) and (i.end_on is null or i.end_on > on_day)
$$;
