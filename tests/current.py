"""What the live tables say now, by content: for comparing one state of the service with another."""

from django.db import connection

#: Every current row by content: ids, moments and the file a row came from are left out.
CURRENT = {
    "versions": """select r.id_scheme, r.local_id, f.code, v.surname, v.forename, v.dob, v.nhs_number, v.upn, v.bundle_hash
        from children_recordversion v join children_sourcerecord r on r.id = v.record_id join extracts_feed f on f.id = v.feed_id
        where v.recorded_to is null""",
    "addresses": """select r.id_scheme, r.local_id, a.address, a.postcode from children_recordaddress a
        join children_sourcerecord r on r.id = a.record_id where a.recorded_to is null""",
    "involvements": """select r.id_scheme, r.local_id, i.service, i.key, i.start_on, i.end_on, i.end_inferred, i.setting_id,
        i.setting_ref, d.category, d.worker_ref, d.detail from involvements_involvement i
        join children_sourcerecord r on r.id = i.record_id left join involvements_involvementdetail d on d.involvement_id = i.id
        where i.recorded_to is null""",
    "sightings": """select r.id_scheme, r.local_id, s.key, s.seen_on, s.by from involvements_sighting s
        join children_sourcerecord r on r.id = s.record_id where s.recorded_to is null""",
    "observations": """select r.id_scheme, r.local_id, o.measure, o.key, o.value from involvements_observation o
        join children_sourcerecord r on r.id = o.record_id where o.recorded_to is null""",
    "children": """select array_agg(r.id_scheme || ':' || r.local_id order by r.id_scheme, r.local_id), c.surname, c.forename, c.dob,
        c.nhs_number,
        c.upn,
        c.provisional_because, c.restricted, c.address_hidden, c.reach, c.setting_id, c.year_group
        from children_child c join children_sourcerecord r on r.child_id = c.id and not r.loose
        where c.merged_into_id is null and not c.withdrawn group by c.id""",
    "links": """select r.id_scheme, r.local_id from matching_linkversion l join children_sourcerecord r on r.id = l.record_id
        and r.child_id = l.child_id where l.recorded_to is null""",
    # whom a question asks about, each by the records that are theirs now
    "questions": """select r.id_scheme, r.local_id, q.rule,
        (select array_agg(w.whom order by w.whom) from (
            select distinct (select string_agg(o.id_scheme || ':' || o.local_id, ' ' order by o.id_scheme, o.local_id)
                from children_sourcerecord o where o.child_id = vcdb_standing(k.child_id) and not o.loose) as whom
            from matching_candidate k where k.question_id = q.id and k.ruled_out_id is null) w)
        from matching_question q join children_sourcerecord r on r.id = q.record_id
        where q.closed_at is null""",
    "restrictions": """select c.surname, c.forename, t.hides from children_restriction t join children_child c on c.id = t.child_id
        where t.lifted_at is null""",
    "ratings": """select c.surname, c.forename, a.band, a.points from ragp_assessment a join children_child c on c.id = a.child_id
        where a.superseded_at is null and not c.withdrawn and c.merged_into_id is null and a.band <> 'none'""",
}


def current():
    """Every current row by content, table by table."""
    found = {}
    with connection.cursor() as cursor:
        for name, text in CURRENT.items():
            cursor.execute(text)
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found
