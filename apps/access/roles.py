"""Who may do what, and whom they reach: one table, each line a sentence for the person who answers for it.

The database stores the role codes. ``sql/reach.sql`` holds the same reasons for row-level security; a test compares the two.
"""

from enum import StrEnum
from typing import NamedTuple

from apps.core.errors import Refused


class Reason(StrEnum):
    """Why somebody reaches a child."""

    AGENCY = "agency"  # their agency holds a current record of the child
    ROLL = "roll"  # the child is on their setting's roll
    LEAD = "lead"  # they are the named worker of a current involvement
    BOROUGH = "borough"  # every child of the borough that no restriction hides
    NAMED = "named"  # they were given this child by name


PERMISSIONS = {
    "home.view": "Open their own first page",
    "child.view": "Open the page of a child within reach",
    "family.write": "Say what two children within reach are to each other, or that they are not related",
    "rating.override": "Set another band for a child within reach than the one worked out, with a reason, a review and an end",
    "search.run": "Search among the children within reach",
    "known.ask": "Ask whether a child is known before a record is made; answered among the children within reach",
    "triage.view": "See the changes of rating that wait for a decision",
    "triage.decide": "Decide about a change of rating, and undo a decision",
    "triage.supervise": "Share out the queue, be told when a clock runs out, and see a sample of decisions again",
    "cohort.use": "Build cohorts of the children within reach, share them in the team, and export them",
    "list.view": "Open and download their own setting's weekly list",
    "recipient.verify": "Say, each term, who of their own setting reads its weekly lists; never oneself",
    "list.manage": "See, draft and check the weekly lists of every setting",
    "list.release": "Release lists that somebody else has checked, and recall a list",
    "review.view": "See the case reviews to which their agency is invited, of children within reach",
    "review.raise": "Ask for a case review of a child within reach",
    "review.contribute": "Say for their agency what it knows for a case review",
    "review.manage": "Run case reviews: see each of them, take it up, invite agencies, hold the meeting, decide and close",
    "review.configure": "Set up types of case review: purpose, agencies, clocks, questions; no child's data",
    "action.view": "See the actions about children within reach that are their agency's or of reviews to which it is invited, by day",
    "action.write": "Write down an action about a child within reach; say what came of their agency's, or give it to somebody else",
    "contact.write": "Keep contacts with children within reach and their families",
    "lead.view": "See who leads on a child within reach and who is round it, as far as agreements let their agency know",
    "lead.write": "Name who leads on a child within reach, hand over, accept for their agency, and say who is of the team",
    "import.view": "See each feed, how fresh it is and what was found in its files",
    "import.run": "Upload a file, look at what it would do, and commit it",
    "import.release": "Commit a file that was held, undo a commit, and commit again what was undone",
    "setting.map": "Say which setting a code in a file means",
    "question.view": "See the records that may be the same child as another",
    "quality.view": "See how complete and how fresh each agency's files are, in figures",
    "quality.export": "Take a file of what an agency's own records lack, to send to that agency",
    "sealed.view": "Open the sealed links on which they are named",
    "sealed.keep": "Propose a sealed link between an old identity and a new one, and confirm another keeper's",
    "question.answer": "Say whether such a record is the same child, look a second time at a sample of links, and undo an answer",
    "question.quality": "See how well records are matched: figures by rule and by who answers",
    "child.merge": "Propose to make two children one, give records a child of their own, move a record, and undo any of these",
    "child.merge_approve": "Approve, as a second person, that two children are made one",
    "report.view": "See the figures, without names",
    "report.rows": "See which children are behind a figure, among those within reach, and small numbers",
    "report.partner": "See the figures of the term for schools and partners, small numbers withheld",
    "capacity.enter": "Enter with how many children each team can work at once, and what that costs; no child's data",
    "scheme.view": "Read how ratings are worked out, and what a draft would change",
    "scheme.write": "Draft a rating scheme, and try it on the whole cohort",
    "scheme.approve": "Approve somebody else's draft, from a day on",
    "audit.view": "See who looked at what",
    "admin.use": "Manage users, memberships, agencies, settings, agreements and feeds; no child's data",
}


class Role(NamedTuple):
    """A role: what it is called, the sentence that says what it is for, its permissions, and its reasons to reach a child."""

    code: str
    name: str
    sentence: str
    permissions: frozenset[str]
    reasons: frozenset[Reason]

    @property
    def of_settings(self) -> bool:
        """Whether it is held in schools and early years settings, and nowhere else."""
        return Reason.ROLL in self.reasons or "recipient.verify" in self.permissions

    @property
    def sees_children(self) -> bool:
        """Whether the role reaches any child at all."""
        return bool(self.reasons)


def _role(code: str, name: str, sentence: str, permissions: str, *reasons: Reason) -> Role:
    return Role(code, name, sentence, frozenset(permissions.split()) | {"home.view"}, frozenset(reasons))


ROLES = {
    role.code: role
    for role in (
        _role(
            "practitioner",
            "Practitioner",
            "Sees the children their agency holds a record of, those they are the named worker of, and those given to them by name.",
            "child.view family.write rating.override search.run known.ask sealed.view review.view review.raise review.contribute"
            " lead.view lead.write action.view action.write contact.write report.partner",
            Reason.AGENCY, Reason.LEAD, Reason.NAMED,
        ),
        _role(
            "triage_supervisor",
            "Triage supervisor",
            "Beside the role of an officer: shares out the queue, is told when a clock runs out, sees a sample of decisions again.",
            "triage.supervise",
        ),
        _role(
            "early_help",
            "Early help officer",
            "Sees every child of the borough that is not restricted; decides about changes of rating; prepares the weekly lists.",
            "child.view family.write rating.override search.run known.ask triage.view triage.decide cohort.use list.manage"
            " list.release report.view report.rows report.partner scheme.view review.view review.raise review.contribute"
            " lead.view lead.write action.view action.write contact.write",
            Reason.AGENCY, Reason.BOROUGH, Reason.NAMED,
        ),
        _role(
            "school_dsl",
            "Designated safeguarding lead",
            "Sees the children on their own setting's roll and its weekly list, and of each only what an agreement shares.",
            "child.view search.run list.view review.view review.contribute lead.view lead.write action.view action.write report.partner",
            Reason.ROLL, Reason.NAMED,
        ),
        _role(
            "education_welfare",
            "Education welfare officer",
            "Answers for children of no setting: home educated, at a setting of another area, or at none that is known. Sees every child of"
            " the borough that is not restricted, and the weekly list of the agency of that name where the role is held; takes part in case"
            " reviews, where these children have no school that could.",
            "child.view family.write search.run known.ask list.view review.view review.raise review.contribute lead.view lead.write"
            " action.view action.write contact.write report.partner",
            Reason.AGENCY, Reason.BOROUGH, Reason.NAMED,
        ),
        _role(
            "setting_admin",
            "Setting administrator",
            "Says, each term, who of their own school or early years setting reads its weekly lists; sees no child.",
            "recipient.verify",
        ),
        _role(
            "review_admin",
            "Review administrator",
            "Sees every child of the borough that is not restricted, and the changes of rating, to run case reviews; approves, as the"
            " second person, that two children are made one.",
            "child.view family.write rating.override search.run known.ask triage.view cohort.use report.view report.rows report.partner"
            " capacity.enter scheme.view scheme.write scheme.approve child.merge_approve question.quality review.view review.raise"
            " review.contribute review.manage review.configure lead.view lead.write action.view action.write contact.write",
            Reason.AGENCY, Reason.BOROUGH, Reason.NAMED,
        ),
        _role(
            "data_officer",
            "Data officer",
            "Loads the agencies' files, answers what they ask and who is the same child, and sees every child of the borough that is not"
            " restricted.",
            "child.view family.write search.run known.ask import.view import.run import.release setting.map question.view question.answer"
            " question.quality quality.view quality.export child.merge child.merge_approve scheme.view",
            Reason.AGENCY, Reason.BOROUGH, Reason.NAMED,
        ),
        _role(
            "sealed_records",
            "Keeper of sealed records",
            "Joins the old and the new identity of an adopted or protected child in a link that only named people see.",
            "child.view search.run known.ask sealed.view sealed.keep",
            Reason.AGENCY, Reason.NAMED,
        ),
        _role(
            "leadership",
            "Leadership",
            "Sees figures only; no named child.",
            "report.view report.partner quality.view scheme.view scheme.approve",
        ),
        _role(
            "information_governance",
            "Information governance",
            "Sees who looked at what, and the figures; no child's page.",
            "audit.view report.view scheme.view question.quality",
        ),
        _role(
            "system_admin",
            "System administrator",
            "Manages users, agencies and agreements; no child data at all.",
            "admin.use capacity.enter",
        ),
    )
}  # fmt: skip


def role_named(code: str) -> Role:
    """The role with this code; Refused where there is none."""
    if code not in ROLES:
        raise Refused(f"There is no role “{code}”. The roles are: {', '.join(ROLES)}.")
    return ROLES[code]


def with_reason(*reasons: Reason) -> frozenset[str]:
    """The codes of the roles that reach a child for any of these reasons."""
    return frozenset(code for code, role in ROLES.items() if role.reasons & set(reasons))
