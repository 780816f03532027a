"""Every request runs as the web role with the signed-in person's reach, from the view to the last line of its page."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import convert_exception_to_response
from django.db import DatabaseError, connection, transaction
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import RequestFactory

from apps.access.middleware import ReachMiddleware
from apps.access.reach import clear, reach_of
from apps.audit.actions import record
from apps.audit.models import Event
from apps.children.models import Child


def current(what):
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting(%s, true), '')", [what])
        return cursor.fetchone()[0]


def ask(user, view):
    """As Django wraps the innermost middleware: a view's exception is a response by then, a template response is rendered."""
    request = RequestFactory().get("/")
    request.user = user

    def answer(request):
        response = view(request)
        return response.render() if isinstance(response, TemplateResponse) else response

    return ReachMiddleware(convert_exception_to_response(answer))(request)


def seen(request):
    return HttpResponse(",".join(sorted(Child.objects.values_list("forename", flat=True))))


def test_a_view_that_forgets_to_ask_shows_only_what_is_within_reach(world):
    assert ask(world.user("dsl"), seen).content == b"Ada,Dan"
    assert ask(world.user("health"), seen).content == b"Ben"


def test_the_view_runs_as_the_web_role(world):
    assert ask(world.user("dsl"), lambda request: HttpResponse(current("role"))).content == b"vcdb_web"


def test_a_template_is_rendered_within_the_reach(world):
    page = engines["django"].from_string("{% for child in children %}{{ child.forename }}{% endfor %}")
    response = ask(
        world.user("health"),
        lambda request: TemplateResponse(request, page, {"children": Child.objects.all()}),
    )
    assert response.content == b"Ben"


def test_nobody_reaches_nothing_and_is_told_nothing(world):
    assert ask(AnonymousUser(), seen).content == b""


def test_the_next_person_on_the_connection_gets_their_own_reach(world):
    for _ in range(2):
        assert ask(world.user("dsl"), seen).content == b"Ada,Dan"
        assert ask(AnonymousUser(), seen).content == b""
        assert ask(world.user("health"), seen).content == b"Ben"


@pytest.mark.parametrize("refusal", [Http404, PermissionDenied])
def test_a_refused_look_keeps_its_event(world, refusal):
    def refuse(request):
        record("child.look", by=request.user, detail={"found": False})
        raise refusal

    assert ask(world.user("dsl"), refuse).status_code in (403, 404)
    assert Event.objects.filter(kind="child.look", by=world.users["dsl"].pk).count() == 1


def test_a_server_error_undoes_everything(world, settings):
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False

    def fail(request):
        record("child.look", by=request.user)
        raise ZeroDivisionError

    assert ask(world.user("dsl"), fail).status_code == 500
    assert not Event.objects.filter(kind="child.look").exists()


def test_nothing_of_the_reach_is_left_behind(world):
    def fail(request):
        raise ZeroDivisionError

    for view in (seen, fail):
        ask(world.user("dsl"), view)
        assert current("vcdb.user_id") == ""
        assert current("role") != "vcdb_web"


def test_nothing_is_left_behind_by_an_exception_inside_a_reach(world):
    with pytest.raises(ZeroDivisionError), reach_of(world.user("dsl")):
        raise ZeroDivisionError
    assert current("vcdb.user_id") == ""
    assert current("role") != "vcdb_web"


def test_one_reach_inside_another_gives_the_outer_one_back(world):
    with reach_of(world.user("dsl")):
        with reach_of(world.user("health")):
            assert Child.objects.get().forename == "Ben"
        assert Child.objects.count() == 2


def test_a_streamed_answer_is_refused(world):
    with pytest.raises(RuntimeError, match="outside the reach"):
        ask(world.user("dsl"), lambda request: StreamingHttpResponse(iter(["a"])))


def test_a_file_may_be_sent(world, tmp_path):
    file = tmp_path / "f"
    file.write_bytes(b"rows")
    assert (
        b"".join(ask(world.user("dsl"), lambda request: FileResponse(file.open("rb"))).streaming_content)
        == b"rows"
    )


def test_a_setting_left_on_the_connection_is_cleared(committed):
    with connection.cursor() as cursor:
        cursor.execute("select set_config('vcdb.user_id', '7', false)")
    clear()
    assert current("vcdb.user_id") == ""


def test_really_committed_requests_leave_a_clean_connection(committed, django_user_model):
    user = django_user_model.objects.create_user("u", "u@example.org")
    for view, status in ((seen, 200), (lambda request: (_ for _ in ()).throw(Http404), 404)):
        assert ask(user, view).status_code == status
        assert current("vcdb.user_id") == ""
        assert current("role") == "none"
        with pytest.raises(DatabaseError, match="No reach is set"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("set local role vcdb_web")
            Child.objects.exists()


def test_what_a_page_asks_of_the_connection_is_little(world, django_assert_max_num_queries):
    """Setting and resetting the reach, one savepoint in a test, and the person's memberships once."""
    user = world.user("dsl")
    with django_assert_max_num_queries(6):
        ask(user, lambda request: HttpResponse(""))
