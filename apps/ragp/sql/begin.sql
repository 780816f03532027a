-- A change for each child rated for the first time: all reasons are gained, as they stand in the rating. It is an artefact where every one
-- came with the first file of its feed; few sets of files are behind them.
insert into ragp_change (child_id, before_id, after_id, from_band, to_band, nature, why, gained, lost, at)
with begun as (
    select s.begun_by, (select string_agg(distinct f.why, ', ') from ragp_first_file f where f.extract_id = any(s.begun_by)) as why
    from (select distinct begun_by from ragp_result where begun_by is not null) s
)
select d.child_id, null, d.after_id, d.from_band, r.band, case when b.why is null then 'real' else 'artefact' end,
       coalesce(left(b.why, 200), ''), r.contributions, '[]', %(at)s
from ragp_differing d
join ragp_result r on r.child_id = d.child_id
left join begun b on b.begun_by = r.begun_by
where d.before_id is null and r.band <> d.from_band;
