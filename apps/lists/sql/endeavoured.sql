-- What settings said of their children and is no fact yet, or no longer is to be one: by the record that puts the child on the roll.
drop table if exists pg_temp.lists_endeavoured;
create temp table lists_endeavoured on commit drop as
select distinct on (e.id) e.id, e.setting_id, e.kind || '/' || e.id as key, %(measures)s::jsonb ->> e.kind as measure, e.on,
       %(words)s::jsonb -> 'said' ->> e.said as said, e.withdrawn_at is not null as withdrawn, k.id as record_id, k.child_id,
       row_number() over (partition by 1 order by e.id)::int as row_no,
       jsonb_strip_nulls(jsonb_build_object('words', nullif(e.words, ''), 'until', e.until, 'whom', %(words)s::jsonb -> 'whom' ->> nullif(e.whom, ''),
                                            'how', %(words)s::jsonb -> 'how' ->> nullif(e.how, ''))) as detail
from lists_endeavour e
join children_sourcerecord k on k.child_id = vcdb_standing(e.child_id)
join agencies_agency at on at.id = e.setting_id
left join involvements_involvement i on i.record_id = k.id and i.setting_id = e.setting_id and i.service = any(%(enrolments)s)
where e.id = any(%(ids)s)
  and (i.id is not null or at.kind not in ('school', 'early_years')) -- who answers for children of no setting has them on no roll
order by e.id, (i.id is not null) desc, (i.recorded_to is null) desc, i.start_on desc nulls last, i.id desc;
