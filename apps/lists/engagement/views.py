"""How one setting works with its lists: fetch, call one action, respond."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.access.views import needs
from apps.core.clock import today
from apps.lists.engagement import actions, pages, queries
from apps.lists.engagement.forms import TalkForm


@require_http_methods(["GET", "POST"])
@needs("list.manage")
def setting(request: HttpRequest, code: str) -> HttpResponse:
    """The setting's weeks and conversations, and a new one."""
    found = queries.setting_with(code)
    if found is None:
        raise Http404
    form = TalkForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        actions.talked(setting=found, by=request.user, **form.cleaned_data)
        messages.success(request, "The conversation is kept.")
        return redirect("lists:engagement", code)
    page = pages.setting_page(found, form)
    return render(request, "lists/engagement.html", page, status=422 if form.errors else 200)
