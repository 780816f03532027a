"""The figures once more, another way: each an SQL statement over what is current now, none of it the report's own."""

from django.db import connection

from apps.core.clock import today, week_of

#: Children that are still there, by current columns.
HERE = """
    select c.id, coalesce(a.band, 'none') as band
    from children_child c left join ragp_assessment a on a.child_id = c.id and a.superseded_at is null
    where c.merged_into_id is null and not c.withdrawn and c.died_on is null and c.left_area_on is null
      and exists (select 1 from children_sourcerecord r where r.child_id = c.id)
"""
OPEN = """
    select r.child_id, i.service, i.setting_id, i.start_on
    from involvements_involvement i join children_sourcerecord r on r.id = i.record_id
    where i.recorded_to is null and coalesce(i.start_on, '1900-01-01') <= current_date and coalesce(i.end_on, '2900-01-01') > current_date
"""
HELP = f"select * from ({OPEN}) o where o.service not in ('school_roll', 'early_years_roll') and o.child_id in (select id from ({HERE}) h)"
LAST = """
    select r.child_id, max(g.seen_on) as seen_on
    from involvements_sighting g join children_sourcerecord r on r.id = g.record_id where g.recorded_to is null group by 1
"""
MEASURED = """
    select r.child_id, m.measure, m.value, upper(m.text) as text, m."on",
           row_number() over (partition by r.child_id, m.measure order by coalesce(m.until, m."on") desc, m.id desc) as newest
    from involvements_observation m join children_sourcerecord r on r.id = m.record_id where m.recorded_to is null
"""
STATEMENTS = {
    "bands": f"select band, count(*) from ({HERE}) h group by 1",
    "movement": "select from_band || '/' || to_band, count(distinct child_id) from ragp_change"
    " where nature = 'real' and at > %(monday)s group by 1",
    "services": f"select service, count(distinct child_id) from ({HELP}) o group by 1",
    "overlap": f"""
        select least(coalesce(n, 0), 5)::text, count(*) from ({HERE}) h
        left join (select child_id, count(distinct service) as n from ({HELP}) o group by 1) s on s.child_id = h.id group by 1""",
    # everything in the test is known since this week began
    "turnover": f"select service || '/new', count(distinct child_id) from ({HELP}) o group by 1",
    "unseen": f"""
        select h.band || case when l.seen_on is null then '/never' when current_date - l.seen_on > %(days)s then '/longer'
                              else '/within' end, count(*)
        from ({HERE}) h left join ({LAST}) l on l.child_id = h.id where h.band = 'red' group by 1""",
    "attendance": f"""
        select o.service || case when m.value is null then '/unknown' when m.value < 50 then '/under_50' when m.value < 90 then '/under_90'
                                 else '/from_90' end, count(distinct o.child_id)
        from ({HELP}) o join ({OPEN}) s on s.child_id = o.child_id and s.service = 'school_roll'
        left join ({MEASURED}) m on m.child_id = o.child_id and m.measure = 'attendance' and m.newest = 1
        where o.service = any(array['child_protection', 'looked_after', 'child_in_need', 'social_worker', 'ehcp']) group by 1""",
    "after": f"""
        select o.service || case when o.child_id in (select child_id from ragp_assessment where assessed_at < now() - interval '150 days')
                                 then '/same' else '/unknown' end, count(distinct o.child_id)
        from ({HELP}) o where o.start_on between current_date - 181 and current_date - 91 group by 1""",
    "lists": """
        select 'released', count(*) from lists_weeklylist where week = %(monday)s and state = 'released'
        union all select 'opened', count(distinct list_id) from lists_receipt
        union all select 'acknowledged', count(distinct list_id) from lists_receipt where acknowledged_at is not null
        union all select 'returned', count(*) from lists_return""",
    "triage": """
        select 'opened', count(*) from triage_item
        union all select 'waiting', count(*) from triage_item where state = 'open' and due_at >= now()
        union all select 'overdue', count(*) from triage_item where state = 'open' and due_at < now()
        union all select 'decided_in_time', count(*) from triage_decision d join triage_item t on t.id = d.item_id
                  where undone_at is null and d.at <= t.due_at""",
    "reviews": """
        select 'raised', count(*) from reviews_casereview
        union all select 'open', count(*) from reviews_casereview
                  where state not in ('closed', 'declined') and coalesce(due_at, now()) >= now()
        union all select 'overdue', count(*) from reviews_casereview where state not in ('closed', 'declined') and due_at < now()
        union all select 'decided', count(*) from reviews_casereview where state = 'decided'""",
    "actions": """
        select 'written', count(*) from reviews_action
        union all select 'done_in_time', count(*) from reviews_action where state = 'done' and due_on >= current_date
        union all select 'open', count(*) from reviews_action where state = 'open' and due_on >= current_date
        union all select 'overdue', count(*) from reviews_action where state = 'open' and due_on < current_date""",
    "missing": f"""
        select 'exploitation', count(distinct child_id) from ({HELP}) o where service = 'vemt'
        union all select 'now', count(distinct child_id) from ({HELP}) o where service = 'missing'
        union all select 'in_week', count(distinct child_id) from ({HELP}) o where service = 'missing'
        union all select 'both', count(distinct o.child_id) from ({HELP}) o join ({HELP}) m on m.child_id = o.child_id
                  where o.service = 'vemt' and m.service = 'missing'
        union all select 'often', count(*) from (
            select r.child_id from involvements_involvement i join children_sourcerecord r on r.id = i.record_id
            where i.service = 'missing' and i.recorded_to is null and i.start_on > current_date - 90
            group by 1 having count(distinct i.start_on) >= 3) t""",
    "placements": f"""
        select coalesce(m.text, 'unknown') || case when m.text is null then '/unknown' when current_date - m."on" < 80 then '/under_3m'
                                                   else '/under_1y' end, count(distinct o.child_id)
        from ({HELP}) o left join ({MEASURED}) m on m.child_id = o.child_id and m.measure = 'placement' and m.newest = 1
        where o.service = 'looked_after' group by 1""",
    "areas": f"""
        select sector || part, count(*) from (
            select h.id, h.band, coalesce((
                select left(a.postcode, -2) from children_recordaddress a join children_sourcerecord r on r.id = a.record_id
                where r.child_id = h.id and a.recorded_to is null and a.postcode <> '' limit 1), 'unknown') as sector
            from ({HERE}) h where h.id not in (select child_id from children_restriction where lifted_at is null)
            union all select h.id, h.band, 'unknown' from ({HERE}) h where h.id in (select child_id from children_restriction)
        ) lives cross join (values ('/all'), ('/high')) k (part) where part = '/all' or band in ('red', 'purple') group by 1""",
    "schools": f"""
        select g.code || part, count(distinct h.id)
        from ({OPEN}) o join ({HERE}) h on h.id = o.child_id join agencies_agency g on g.id = o.setting_id
        cross join (values ('/all'), ('/high')) k (part)
        where o.service = 'school_roll' and (part = '/all' or h.band in ('red', 'purple'))
          and h.id not in (select child_id from children_restriction) group by 1""",
    "freshness": """
        select case when max(e.as_of) is null then 'never' when current_date > max(e.as_of) + f.every_days + 3 then 'late'
                    else 'in_time' end || '/' || f.code, 1
        from extracts_feed f left join extracts_extract e on e.feed_id = f.id and e.state = 'committed' and e.committed_at is not null
        where f.active group by f.code, f.every_days""",
    "quality": f"""
        select 'no_nhs', count(*) from ({HERE}) h join children_child c using (id) where c.nhs_number = ''
        union all select 'no_dob', count(*) from ({HERE}) h join children_child c using (id) where c.dob is null
        union all select 'no_upn', count(*) from ({HERE}) h join children_child c using (id)
                  where c.upn = '' and c.id in (select child_id from ({OPEN}) o where service = 'school_roll')
        union all select 'question', count(*) from matching_question where closed_at is null""",
}  # fmt: skip


def counted(code, days):
    """The figure by its parts; those without any left out."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[code], {"monday": week_of(today()), "days": days})
        return {key: number for key, number in cursor.fetchall() if number}
