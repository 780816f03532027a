"""What the web role may do to the tables that hold no child: one table, applied after every migration.

Tables of children have their grant beside their policy, in the ``rls`` migrations. A table in neither is closed to the web.
"""

from typing import Any

from django.db import connections

from apps.core.sql import statement

READ = "select"
ADD = "select, insert"
KEEP = "select, insert, update, delete"

WEB = {
    # sign-in, and the administration of users
    "accounts_user": KEEP,
    "accounts_user_groups": KEEP,
    "accounts_user_user_permissions": READ,
    "account_emailaddress": KEEP,
    "account_emailconfirmation": KEEP,
    "mfa_authenticator": KEEP,
    "django_session": KEEP,
    "django_admin_log": ADD,
    "django_content_type": READ,
    "django_migrations": READ,
    "auth_group": ADD,
    "auth_group_permissions": READ,
    "auth_permission": READ,
    # no page gives anybody a child by name
    "guardian_userobjectpermission": READ,
    "guardian_groupobjectpermission": KEEP,
    # reference data, kept in the administration
    "access_membership": KEEP,
    "agencies_agency": KEEP,
    "agencies_settinglink": KEEP,
    "agencies_ward": READ,
    "agencies_settingalias": "select, insert, update",
    "agencies_sharingagreement": "select, insert, update",
    "people_professional": KEEP,
    "extracts_feed": "select, insert, update",
    # a version of a mapping is never edited
    "extracts_mapping": ADD,
    "extracts_learntvalue": "select, insert, update",
    # imports: what a file is and how its run goes, never its rows
    "extracts_extract": "select, insert, update",
    "extracts_finding": "select (id, extract_id, module, row_no, code, severity, field, message)",
    "pipeline_run": "select, insert, update",
    # the ways in for other systems; a token is never deleted, and an answer goes with the day's retention
    "pipeline_token": "select, insert, update",
    "pipeline_answer": "select, insert, update",
    # figures of the feeds, counted by the pipeline
    "pipeline_figures": READ,
    # rating schemes, whose drafts the web may change (a trigger guards the others); surnames without children, for misspellings
    "ragp_scheme": "select, insert, update",
    "ragp_band": KEEP,
    "ragp_rule": KEEP,
    "ragp_whatif": ADD,
    "children_surnamekey": READ,
    # a view that asks as its reader: the band that counts for each child
    "ragp_standing": READ,
    # how the queue is shared out, and who wants its counts by e-mail; cohorts and their counts, never who is in them
    "triage_savedview": KEEP,
    "triage_allocation": "select, insert, delete",
    "triage_digest": KEEP,
    "triage_draw": READ,
    "triage_cohort": "select, insert, update",
    "triage_cohortcount": READ,
    # how lists go out: terms and what is asked are kept in the administration; what was opened, recalled and accepted, never a child
    "lists_term": KEEP,
    "lists_asking": KEEP,
    "lists_job": ADD,
    "lists_basis": READ,
    "lists_snag": "select, update (settled_by, settled_at, note)",
    "lists_receipt": "select, insert, update",
    "lists_notice": READ,
    "lists_verification": "select, insert, update (ended_at, ended_by, reason)",
    "lists_conversation": ADD,
    "lists_return": "select, insert, update",
    "lists_incident": "select, insert, update",
    # reports: frozen by the pipeline, in figures; what they are held against is kept in the administration
    "reports_report": READ,
    "reports_population": KEEP,
    "reports_seenstandard": KEEP,
    "reports_capacity": KEEP,
    # types of review, kept by those who run reviews
    "reviews_reviewtype": "select, insert, update",
    "reviews_reviewtype_agencies": KEEP,
    # meetings and who is asked to them; what they say of children stands in tables of their own
    "reviews_series": "select, insert, update",
    "reviews_meeting": "select, insert, update",
    "reviews_attendee": "select, insert, update",
    "reviews_minutes": "select, insert, update",
    # which days of the action log are frozen
    "reviews_logday": READ,
    # the audit record: to add to, never to read back; an event's number, time and transaction are the database's to say
    "audit_event": "insert (kind, by, by_label, agency, children, subject, detail), select (id)",
    "audit_searchterms": "insert",
}


def settle(using: str = "default", **_: Any) -> None:
    """After ``migrate``: the reach functions as their file says, and for the web role exactly these rights."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("select to_regprocedure('vcdb_reach()') is not null")
        if not cursor.fetchone()[0]:
            return  # migrated back to before there was any reach
        cursor.execute(statement("access", "reach"))
        cursor.execute(statement("access", "harden"))
        present = set(connection.introspection.table_names(cursor, include_views=True))
        for table, rights in WEB.items():
            if table in present:
                cursor.execute(f"revoke all on {table} from vcdb_web; grant {rights} on {table} to vcdb_web")
