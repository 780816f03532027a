"""The main navigation: which pages a person may open, in one order."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from apps.access.queries import permissions_of

#: Label, url name, permission. A page that does not exist yet is left out.
PAGES = (
    ("Home", "home", "home.view"),
    ("Search", "profiles:search", "search.run"),
    ("Is this child known?", "profiles:known", "known.ask"),
    ("Triage", "triage:queue", "triage.view"),
    ("Cohorts", "cohorts:index", "cohort.use"),
    ("Reviews", "reviews:queue", "review.view"),
    ("Meetings", "reviews:meetings", "review.view"),
    ("Actions", "reviews:log", "action.view"),
    ("Weekly lists", "lists:officer", "list.manage"),
    ("This week's list", "lists:mine", "list.view"),
    ("Who reads our lists", "lists:recipients", "recipient.verify"),
    ("Imports", "pipeline:feeds", "import.view"),
    ("Match questions", "pipeline:questions", "question.view"),
    ("Settings' word on rolls", "lists:rolls", "question.view"),
    ("Merges to approve", "pipeline:approvals", "child.merge_approve"),
    ("Settings to map", "pipeline:settings-to-map", "setting.map"),
    ("Data quality", "pipeline:quality", "quality.view"),
    ("Rating schemes", "schemes:index", "scheme.view"),
    ("Sealed links", "sealed:links", "sealed.keep"),
    ("Weekly report", "reports:newest", "report.view"),
    ("Figures of the term", "reports:term", "report.partner"),
    ("Fairness", "profiles:fairness", "report.view"),
    # who reads the report finds it there
    ("Capacity of teams", "reports:capacity", "admin.use"),
    ("Administration", "admin:index", "admin.use"),
)


@dataclass(frozen=True)
class NavItem:
    """One link of the navigation."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


def nav_for(request: HttpRequest) -> list[NavItem]:
    """The links of the person's own pages; the one they are on is marked."""
    held = permissions_of(request.user)
    places = [(label, _address(name)) for label, name, permission in PAGES if permission in held]
    # Of two pages below each other the nearer one is where the person is
    here = max((url for _, url in places if url and _is_current(url, request.path)), key=len, default="")
    return [NavItem(label, url, url == here) for label, url in places if url]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_current(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
