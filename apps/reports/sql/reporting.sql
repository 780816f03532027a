-- What Power BI and other tools read: views alone, with their owner's rights, pseudonymised. Made anew after every migration.
-- A child is named by its pseudonym (reports_pseudonym); one without has no row here. Restricted children are in it, without a place.
create schema reporting;
comment on schema reporting is 'Read-only views for reporting tools. Children are pseudonymised: no name, number, birth date or address. Combinations of columns can still tell who a child is: publish no small numbers.';

create view reporting.children as
select p.pseudonym as child, extract(year from c.dob)::integer as birth_year, nullif(c.sex, '') as sex, nullif(c.ethnicity, '') as ethnicity,
       coalesce(a.band, 'none') as band, coalesce(a.points, 0)::integer as points, a.assessed_at as rated_at,
       case when not c.restricted and not c.address_hidden then s.code end as setting,
       nullif(c.year_group, '') as year_group,
       case when not c.restricted and not c.address_hidden then home.sector end as sector
from public.children_child c
join public.reports_pseudonym p on p.child_id = c.id
left join public.ragp_assessment a on a.child_id = c.id and a.superseded_at is null
left join public.agencies_agency s on s.id = c.setting_id
left join lateral (
    select regexp_replace(v.postcode, '[A-Z]{2}$', '') as sector
    from public.children_recordaddress v
    join public.children_sourcerecord r on r.id = v.record_id
    join public.extracts_feed f on f.id = v.feed_id
    where r.child_id = c.id and v.recorded_to is null and v.postcode <> ''
    order by f.priority, v.recorded_from desc, v.id desc limit 1
) home on true
where c.merged_into_id is null and not c.withdrawn and c.died_on is null and c.left_area_on is null;
comment on view reporting.children is 'Every living child of the area that an agency holds a record of, once, with its current rating.';
comment on column reporting.children.child is 'The child’s pseudonym: the same in every view, and from day to day while the key is the same.';
comment on column reporting.children.birth_year is 'Year of birth, empty where not known.';
comment on column reporting.children.sex is 'F or M, empty where not known.';
comment on column reporting.children.ethnicity is 'Ethnicity code of the school census, empty where not known.';
comment on column reporting.children.band is 'Code of the band worked out; none where the child is not rated.';
comment on column reporting.children.points is 'Points of the rating.';
comment on column reporting.children.rated_at is 'When the rating was worked out.';
comment on column reporting.children.setting is 'Code of the school or early years setting; empty where hidden or on no roll.';
comment on column reporting.children.year_group is 'National curriculum year.';
comment on column reporting.children.sector is 'Postcode sector of the most trusted address; empty where hidden or not known.';

create view reporting.involvements as
select p.pseudonym as child, i.service::text as service,
       case when not (g.kind in ('school', 'early_years') and (c.restricted or c.address_hidden)) then g.code end as agency, i.start_on as began_on, i.end_on as ended_on,
       (i.start_on is null or i.start_on <= current_date) and (i.end_on is null or i.end_on > current_date) as is_open
from public.involvements_involvement i
join public.children_sourcerecord r on r.id = i.record_id
join public.reports_pseudonym p on p.child_id = r.child_id
join public.children_child c on c.id = r.child_id
join public.agencies_agency g on g.id = i.agency_id
where i.recorded_to is null and i.service not in ('school_roll', 'early_years_roll');
comment on view reporting.involvements is 'What each service does or did with each child, as known now; being on a roll is in reporting.children.';
comment on column reporting.involvements.child is 'The child’s pseudonym.';
comment on column reporting.involvements.service is 'Code of the service.';
comment on column reporting.involvements.agency is 'Code of the agency whose file says so; empty where that is the setting of a hidden child.';
comment on column reporting.involvements.began_on is 'First day, empty where the file gives none.';
comment on column reporting.involvements.ended_on is 'Last day, empty while it is open.';
comment on column reporting.involvements.is_open is 'Whether it is open today.';

create view reporting.rating_changes as
select p.pseudonym as child, x.from_band::text as from_band, x.to_band::text as to_band, x.nature::text as nature, x.at as changed_at
from public.ragp_change x
join public.reports_pseudonym p on p.child_id = x.child_id;
comment on view reporting.rating_changes is 'Every move of a child from one band to another.';
comment on column reporting.rating_changes.child is 'The child’s pseudonym.';
comment on column reporting.rating_changes.from_band is 'Code of the band before.';
comment on column reporting.rating_changes.to_band is 'Code of the band after.';
comment on column reporting.rating_changes.nature is 'real, or artefact where only a late or repaired file made the move.';
comment on column reporting.rating_changes.changed_at is 'When it was worked out.';

create view reporting.sightings as
select p.pseudonym as child,
       case when not (g.kind in ('school', 'early_years') and (c.restricted or c.address_hidden)) then g.code end as agency, s.seen_on
from public.involvements_sighting s
join public.children_sourcerecord r on r.id = s.record_id
join public.reports_pseudonym p on p.child_id = r.child_id
join public.children_child c on c.id = r.child_id
join public.agencies_agency g on g.id = s.agency_id
where s.recorded_to is null;
comment on view reporting.sightings is 'Each day on which somebody who reports it saw a child.';
comment on column reporting.sightings.child is 'The child’s pseudonym.';
comment on column reporting.sightings.agency is 'Code of the agency whose file or return says so; empty where that is the setting of a hidden child.';
comment on column reporting.sightings.seen_on is 'The day.';

create view reporting.measures as
select p.pseudonym as child, o.measure::text as measure, o."on" as began_on, o.until as ended_on, o.value
from public.involvements_observation o
join public.children_sourcerecord r on r.id = o.record_id
join public.reports_pseudonym p on p.child_id = r.child_id
where o.recorded_to is null and o.value is not null;
comment on view reporting.measures is 'What was measured of a child as a number: attendance, suspensions, scores.';
comment on column reporting.measures.child is 'The child’s pseudonym.';
comment on column reporting.measures.measure is 'Code of the measure.';
comment on column reporting.measures.began_on is 'The day, or the first day of the period, it is of.';
comment on column reporting.measures.ended_on is 'The last day of the period, empty where it is of one day.';
comment on column reporting.measures.value is 'The number, in the unit of the measure.';

create view reporting.triage as
select p.pseudonym as child, t.opened_at, t.due_at, t.state::text as state, d.outcome::text as outcome, d.at as decided_at
from public.triage_item t
join public.reports_pseudonym p on p.child_id = t.child_id
left join public.triage_decision d on d.item_id = t.id and d.undone_at is null;
comment on view reporting.triage is 'What waited or waits for a decision in triage, with the decision that stands.';
comment on column reporting.triage.child is 'The child’s pseudonym.';
comment on column reporting.triage.opened_at is 'When it came in.';
comment on column reporting.triage.due_at is 'By when it was to be decided.';
comment on column reporting.triage.state is 'open, decided, overtaken by a newer change, or withdrawn.';
comment on column reporting.triage.outcome is 'What was decided, empty where nothing was.';
comment on column reporting.triage.decided_at is 'When it was decided.';

create view reporting.weekly_lists as
select s.code as setting, w.week, w.version::integer as version, w.state::text as state, w.released_at,
       (w.entry_count - coalesce(hidden.number, 0))::integer as children,
       exists (select from public.lists_receipt r where r.list_id = w.id) as opened,
       exists (select from public.lists_return r where r.list_id = w.id) as returned
from public.lists_weeklylist w
join public.agencies_agency s on s.id = w.setting_id
left join ( -- reporting.children does not say where a hidden child is: nor may the difference
    select e.list_id, count(*) as number
    from public.lists_entry e join public.children_child c on c.id = e.child_id
    where c.restricted or c.address_hidden
    group by e.list_id
) hidden on hidden.list_id = w.id;
comment on view reporting.weekly_lists is 'Every weekly list of every setting and what became of it.';
comment on column reporting.weekly_lists.setting is 'Code of the setting.';
comment on column reporting.weekly_lists.week is 'Its Monday.';
comment on column reporting.weekly_lists.version is 'Its version: a correction is the next one.';
comment on column reporting.weekly_lists.state is 'drafted, checked, released or recalled.';
comment on column reporting.weekly_lists.released_at is 'When it went out.';
comment on column reporting.weekly_lists.children is 'How many children are on it, without those whose place is hidden.';
comment on column reporting.weekly_lists.opened is 'Whether anybody at the setting has opened it.';
comment on column reporting.weekly_lists.returned is 'Whether the setting has returned it.';

create view reporting.weekly_figures as
select w.week, f.figure, n.part, n.number::integer as number
from public.reports_report w
cross join lateral jsonb_each(w.figures) f (figure, parts)
cross join lateral jsonb_each_text(f.parts) n (part, number);
comment on view reporting.weekly_figures is 'The figures of every frozen weekly report, no number withheld: withhold small numbers before you publish.';
comment on column reporting.weekly_figures.week is 'The Monday of the week.';
comment on column reporting.weekly_figures.figure is 'Code of the figure.';
comment on column reporting.weekly_figures.part is 'The part it counts: a code, or two with a stroke between.';
comment on column reporting.weekly_figures.number is 'How many.';

create view reporting.feeds as
select f.code as feed, f.title, g.code as agency, max(e.as_of) as newest_as_of, max(e.committed_at) as newest_taken_in_at
from public.extracts_feed f
join public.agencies_agency g on g.id = f.agency_id
left join public.extracts_extract e on e.feed_id = f.id and e.state = 'committed'
where f.active
group by f.code, f.title, g.code;
comment on view reporting.feeds is 'Every feed in use and how fresh it is.';
comment on column reporting.feeds.feed is 'Code of the feed.';
comment on column reporting.feeds.title is 'What it is called.';
comment on column reporting.feeds.agency is 'Code of the agency that sends it.';
comment on column reporting.feeds.newest_as_of is 'The day its newest file is of; empty where none has come.';
comment on column reporting.feeds.newest_taken_in_at is 'When that file was taken in.';

grant usage on schema reporting to vcdb_reporting;
grant select on all tables in schema reporting to vcdb_reporting;
-- everybody may look names up in "public" unless told otherwise; the reporting role finds no function and no table there
revoke usage on schema public from public;
