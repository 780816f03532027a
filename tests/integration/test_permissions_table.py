"""Who may open what, as a table a manager can read; every address of the service is asked for by every role, by GET and POST."""

import re
import uuid
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from apps.access.roles import PERMISSIONS, ROLES

#: How ratings are worked out, in figures and words.
SCHEMES = ("schemes:index", "schemes:scheme", "schemes:export", "schemes:notice", "schemes:record")
#: Figures, without names.
FIGURES = (
    "profiles:fairness",
    "reports:newest",
    "reports:week",
    "reports:pdf",
    "reports:xlsx",
    "reports:resources",
)
#: What teams can do, entered from a file.
CAPACITY = ("reports:capacity", "reports:capacity-csv", "reports:capacity-xlsx", "reports:capacity-upload")
#: The figures of a term for schools and partners.
TERM = ("reports:term", "reports:term-pdf", "reports:term-xlsx")

#: A band set by a named professional beside the one worked out.
OVERRIDE = ("profiles:override", "profiles:take-back")

#: Case reviews to which one's agency is invited: read, and what the agency says.
REVIEWS = (
    "reviews:queue",
    "reviews:review",
    "reviews:contribute",
    # meetings: when, and of each what the agreements allow
    "reviews:meetings",
    "reviews:pack",
    "reviews:pack-pdf",
    "reviews:calendar",
    "reviews:minutes",
    "reviews:minutes-version",
    # the action log
    "reviews:log",
    "reviews:action",
    "reviews:end-action",
    "reviews:hand-on",
    "reviews:of-child",
    "reviews:add-for-child",
    # who leads on a child, and who is of the team
    "reviews:lead",
    "reviews:name-lead",
    "reviews:answer-lead",
    "reviews:end-lead",
    "reviews:join-team",
    "reviews:leave-team",
)
RAISE = ("reviews:raise", "reviews:keep-contact")
#: Running them, and setting up their types.
RUN_REVIEWS = (
    "reviews:move",
    "reviews:invite",
    "reviews:chase",
    "reviews:add-action",
    "reviews:types",
    "reviews:new-type",
    "reviews:type",
    # weekly meetings
    "reviews:new-series",
    "reviews:series",
    "reviews:plan",
    "reviews:meeting",
    "reviews:do",
    "reviews:add-moved",
    "reviews:attend",
    "reviews:ask-to",
    "reviews:save",
    "reviews:agree",
    "reviews:carry-over",
    "reviews:add-in-meeting",
    "reviews:approve",
    "reviews:correct",
)

#: Sealed links on which one is named; their keepers also propose and confirm them.
SEALED = ("sealed:links", "sealed:link")

#: Saying what two children are to each other, and asking whether a child is known.
FAMILY = ("family:edit", "family:unrelate", "profiles:known")

#: One's own views of the queue, and whether its counts come by e-mail.
OWN_QUEUE = ("triage:save-view", "triage:drop-view", "triage:digest")
#: A setting's own list: read, taken as a file, said to have been read.
OWN_LIST = (
    "lists:mine",
    "lists:list",
    "lists:xlsx",
    "lists:csv",
    "lists:pdf",
    "lists:locked",
    "lists:acknowledge",
    "lists:return",
    "lists:save",
    "lists:upload",
    "releases:send",
    "lists:child",
    "releases:endeavour",
    "releases:withdraw",
)
#: Saying who of one's own setting reads its lists.
READERS = ("lists:recipients", "lists:verify", "lists:withdraw")
#: Preparing every setting's list: two people, and a recall.
PREPARE = (
    "lists:officer",
    "lists:any-list",
    "lists:any-xlsx",
    "lists:any-csv",
    "lists:any-pdf",
    "lists:check",
    "lists:settle",
    "lists:recall",
    "lists:incident",
    "lists:engagement",
    "lists:waiting",
    "releases:draft",
    "releases:release",
)
#: The queue of an officer.
QUEUE = ("triage:queue", "triage:decide", "triage:undo", "triage:assign", *OWN_QUEUE)
#: Saved filters over the facts of children.
COHORTS = ("cohorts:index", "cohorts:new", "cohorts:cohort", "cohorts:export", "cohorts:drop")

MAY = {
    # A social worker: their own first page, search, children's pages within reach, and a rating set by their own judgement.
    "social_worker": {*TERM, "home", "profiles:search", "profiles:results", "profiles:child", *FAMILY, *OVERRIDE, *SEALED, *REVIEWS,
                      *RAISE},
    # A health practitioner: the same; the reach differs, the permissions do not.
    "health": {*TERM, "home", "profiles:search", "profiles:results", "profiles:child", *FAMILY, *OVERRIDE, *SEALED, *REVIEWS,
                      *RAISE},
    # An early help officer: also decides about changes of rating, and prepares every setting's list.
    "early_help_officer": {
        "home", "profiles:search", "profiles:results", "profiles:child",
        *FAMILY, *OVERRIDE, *QUEUE, *COHORTS, "cohorts:watch", *FIGURES, *TERM, "reports:rows", *SCHEMES, "schemes:moves",
        *PREPARE, *REVIEWS, *RAISE,
    },
    # A triage supervisor: an officer who also shares out the queue and looks again at decisions.
    "supervisor": {
        "home", "profiles:search", "profiles:results", "profiles:child",
        *FAMILY, *OVERRIDE, *QUEUE, *COHORTS, "cohorts:watch", *FIGURES, *TERM, "reports:rows", *SCHEMES, "schemes:moves",
        "triage:team", "triage:end-allocation", "triage:second-looks", "triage:look-again",
        *PREPARE, *REVIEWS, *RAISE,
    },
    # A designated safeguarding lead: also their own setting's list.
    "dsl": {
        "home", "profiles:search", "profiles:results", "profiles:child",
        *OWN_LIST, *TERM, *REVIEWS,
    },
    "other_dsl": {
        "home", "profiles:search", "profiles:results", "profiles:child",
        *OWN_LIST, *TERM, *REVIEWS,
    },
    # An education welfare officer: children of no setting, and the list of their own team; takes part in reviews as other agencies do.
    "welfare": {"home", "profiles:search", "profiles:results", "profiles:child", *FAMILY, *OWN_LIST, *TERM, *REVIEWS, *RAISE},
    # A setting administrator: who of their own setting reads its lists, and nothing else.
    "elm_admin": {"home", *READERS},
    "oak_admin": {"home", *READERS},
    # A review administrator: sees changes of rating, decides none.
    # and drafts rating schemes, and approves those of others.
    "review_admin": {
        "home", "profiles:search", "profiles:results", "profiles:child", "triage:queue",
        *FAMILY, *OVERRIDE, *FIGURES, *TERM, "reports:rows", *CAPACITY, *OWN_QUEUE, *COHORTS,
        *SCHEMES, "schemes:moves", "schemes:draft", "schemes:new-rule", "schemes:rule", "schemes:band",
        "schemes:new-band", "schemes:sources", "schemes:try", "schemes:drop",
        "schemes:approve",
        # and runs case reviews
        *REVIEWS, *RAISE, *RUN_REVIEWS,
        # and looks, as the second person, at merges that somebody proposed
        "pipeline:approvals", "pipeline:act", "pipeline:approve", "pipeline:linkage-quality",
    },
    # A data officer: files, codes of settings, questions; no triage, no lists.
    "data_officer": {
        "home", "profiles:search", "profiles:results", "profiles:child",
        "pipeline:map-start", "pipeline:map",
        "pipeline:feeds", "pipeline:upload", "pipeline:run", "pipeline:settings-to-map", "pipeline:map-setting", "pipeline:questions",
        "pipeline:settings-answered", "pipeline:ask-setting-again",
        "pipeline:fields", "pipeline:answer-field", *SCHEMES, "schemes:moves",
        "pipeline:history", "pipeline:commit", "pipeline:cancel", "pipeline:release", "pipeline:undo", "pipeline:redo", "pipeline:rejected",
        "pipeline:quality", "pipeline:feed-quality", "pipeline:lacking", *FAMILY,
        # who is the same child: answers, sets right, proposes, approves what others propose, and undoes
        "pipeline:take-question", "pipeline:question", "pipeline:answer-question", "pipeline:release-question", "pipeline:alike",
        "pipeline:answer-alike", "pipeline:second-look", "pipeline:asked", "pipeline:asked-file", "pipeline:linkage-quality",
        "pipeline:approvals", "pipeline:place", "pipeline:act", "pipeline:propose", "pipeline:approve", "pipeline:undo-act",
        "pipeline:drop-act",
        # what settings say of their rolls
        "lists:rolls", "lists:settle-roll",
    },
    # A keeper of sealed records: their agency's children, and the links.
    "keeper": {
        "home", "profiles:search", "profiles:results", "profiles:child", "profiles:known", *SEALED, "sealed:propose", "sealed:confirm",
    },
    # Leadership and information governance: their first page; no child's name.
    # Leadership also sees how complete the agencies' files are, in figures.
    "leader": {"home", *FIGURES, *TERM, *SCHEMES, "schemes:approve", "pipeline:quality", "pipeline:feed-quality"},
    "governance": {"home", *FIGURES, *SCHEMES, "pipeline:linkage-quality"},
    # A system administrator: the administration; no child data at all.
    # What teams can do is figures of the borough’s own staff.
    "sysadmin": {"home", "administration", *CAPACITY},
    # Somebody signed in without a role: nothing.
    "outsider": set(),
}  # fmt: skip

#: Needs no sign-in.
OPEN = {"core:styleguide", "core:stay", "core:token", "admin:login", "api:document"}

#: Opened by a token with this scope; signing in, whoever one is, opens none of them.
BY_TOKEN = {"api:extracts": "extracts:write", "api:extract": "extracts:read", "api:lookup": "children:lookup"}

#: One's own account: the library's pages, which act on the person signed in and nobody else.
ACCOUNT = ("account_", "mfa_")

SAMPLES = {
    "public_id": uuid.UUID("00000000-0000-4000-8000-000000000000"),
    "other_id": uuid.UUID("00000000-0000-4000-8000-000000000002"),
    "result": uuid.UUID("00000000-0000-4000-8000-000000000001"),
    "step": "accept",
    "deed": "draw",
    "link_id": 1,
    "pk": 1,
    "run_id": 1,
    "extract_id": 1,
    "alias_id": 1,
    "question_id": 1,
    "act_id": 1,
    "key": "0123456789abcdef",
    "kind": "csv",
    "code": "urn-900001",
    "version": "1",
    "week": date(2026, 11, 16),
    "said": 1,
    "figure": "bands",
    "object_id": "1",
    "app_label": "agencies",
    "url": "nowhere",
    "id": 1,
    "from_encoding": "x",
}


def walk(patterns, namespace=""):
    """Every named address: (its full name, the view, the names of its arguments)."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(
                pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or ''}", pattern


def addresses():
    """Full name to address, of everything but the library's account pages."""
    found = {}
    for name, pattern in walk(get_resolver().url_patterns):
        if name.startswith(ACCOUNT) or name in BY_TOKEN:
            continue
        if name == "admin:":
            found[name] = "/admin/nowhere/"  # the administration's answer to any other address
            continue
        arguments = pattern.pattern.regex.groupindex
        unfixed = [key for key in arguments if key not in pattern.default_args]
        found[name] = reverse(name, kwargs={key: SAMPLES[key] for key in unfixed})
    return found


#: In the administration even its user does not: nothing is deleted there, codes come with files, tokens from a command, and a
#: look-up names its field.
NEVER = ("_delete", "admin:agencies_settingalias_add", "admin:pipeline_token_add", "admin:autocomplete")


def may(part, name):
    if name.startswith("admin:") and name.endswith(NEVER):
        return False
    return "administration" in MAY[part] if name.startswith("admin:") else name in MAY[part]


def ask(client, method, address):
    """The answer, with everything it changed undone, a sign-out included."""
    cookies = client.cookies.output(header="", sep="; ")
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    client.cookies.load(cookies)
    return response


def is_sign_in(response):
    return response.status_code == 302 and response.url.startswith(reverse("account_login"))


def test_every_address_is_in_the_table():
    listed = OPEN | set().union(*MAY.values())
    missing = {name for name in addresses() if name not in listed and not name.startswith("admin:")}
    assert not missing, f"Say who may open {sorted(missing)}"


def test_the_table_names_no_address_that_is_gone():
    assert set().union(*MAY.values()) - {"administration"} <= set(addresses())


def test_every_address_names_its_permission():
    for name, pattern in walk(get_resolver().url_patterns):
        # the administration puts its gate round each page as it is asked for, which the next test sees
        if name in BY_TOKEN:
            assert pattern.callback.permission == BY_TOKEN[name]
        elif name not in OPEN and not name.startswith((*ACCOUNT, "admin:")):
            assert getattr(pattern.callback, "permission", None) in PERMISSIONS, (
                f"{name} stands behind no gate"
            )


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("part", MAY)
def test_everybody_opens_what_the_table_says_and_nothing_else(world, part, method):
    client = Client()
    client.force_login(world.user(part), backend="django.contrib.auth.backends.ModelBackend")
    wrong = {}
    for name, address in addresses().items():
        if name in OPEN:
            continue
        response = ask(client, method, address)
        refused = response.status_code == 403
        if (
            is_sign_in(response)
            or response.status_code >= 500
            or (refused is may(part, name) and response.status_code != 405)
        ):
            wrong[name] = response.status_code
    assert not wrong


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("part", MAY)
def test_signing_in_opens_nothing_that_is_for_tokens(world, part, method):
    client = Client()
    client.force_login(world.user(part), backend="django.contrib.auth.backends.ModelBackend")
    for name, pattern in walk(get_resolver().url_patterns):
        if name in BY_TOKEN:
            arguments = {key: SAMPLES[key] for key in pattern.pattern.regex.groupindex}
            assert ask(client, method, reverse(name, kwargs=arguments)).status_code in (401, 405)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signed_in_is_sent_to_sign_in(world, method):
    client = Client()
    wrong = {}
    for name, address in addresses().items():
        response = ask(client, method, address)
        if name not in OPEN and not is_sign_in(response) and response.status_code != 405:
            wrong[name] = response.status_code
    assert not wrong


def test_the_library_shows_nobody_another_persons_account(world):
    """Its pages without arguments act on oneself; those with a key need the mailed link."""
    for name, pattern in walk(get_resolver().url_patterns):
        if name.startswith(ACCOUNT):
            assert set(pattern.pattern.regex.groupindex) <= {"key", "uidb36"}, name


def test_accounts_are_not_opened_from_outside(world):
    response = Client().post(
        reverse("account_signup"),
        {"email": "new@example.org", "password1": "a pass phrase 99", "password2": "a pass phrase 99"},
    )
    assert response.status_code in (200, 403)
    assert not type(world.user("outsider")).objects.filter(email="new@example.org").exists()


def test_a_refusal_is_recorded(world):
    from apps.audit.models import Event

    client = Client()
    client.force_login(world.user("leader"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("profiles:search")).status_code == 403
    event = Event.objects.get(kind="access.refused", by=world.users["leader"].pk)
    assert (event.subject, event.detail) == ("profiles:search", {"needs": "search.run"})


@pytest.mark.parametrize("part", MAY)
def test_a_child_out_of_reach_answers_like_a_missing_one(world, part):
    """Byte for byte, on the child's page: what differs would tell that the child is known."""
    client = Client()
    client.force_login(world.user(part), backend="django.contrib.auth.backends.ModelBackend")
    missing = client.get(reverse("profiles:child", args=[SAMPLES["public_id"]]))
    for child in map(world.child, world.children):
        response = client.get(reverse("profiles:child", args=[child.public_id]))
        if response.status_code != 200:
            assert response.status_code == missing.status_code
            assert bare(response, child.public_id) == bare(missing, SAMPLES["public_id"])


def bare(response, public_id):
    """The page without the address that was asked for, and without what is drawn anew for every page."""
    page = re.sub(
        r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"|nonce="[^"]+"|\d\d:\d\d by ',
        "",
        response.content.decode(),
    )
    headers = {name: re.sub(r"nonce-[^']+", "", value) for name, value in response.headers.items()}
    return page.replace(str(public_id), "ID"), headers


def test_every_role_of_the_table_of_roles_is_in_the_cast(world):
    from apps.access.models import Membership

    assert set(Membership.objects.values_list("role", flat=True)) == set(ROLES)
