"""A review administrator drafts a rating scheme and tries it; the director approves it; with and without JavaScript."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from apps.core.clock import today
from tests.browser.pipeline.test_loading_a_file import then_it_fits_and_is_accessible

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("javascript", [True, False])
def test_i_draft_and_try_a_scheme_and_somebody_else_approves_it(open_page, town, javascript):
    def as_(part):
        return open_page(f"{town.url}/schemes/", javascript=javascript, cookies=town.cookies(part))

    # axe itself is a script
    then_it_fits = then_it_fits_and_is_accessible if javascript else lambda page: None
    page = as_("review_admin")
    expect(page.get_by_role("row", name=re.compile("RAGP, first scheme"))).to_be_visible()
    then_it_fits(page)
    page.get_by_role("link", name="Draft a scheme").click()
    then_it_fits(page)
    page.get_by_role("button", name="Begin the draft").click()
    expect(page.get_by_role("link", name="Give the draft a name")).to_be_visible()
    page.get_by_label("What the draft is called").fill(f"More for early help {javascript}")
    page.get_by_role("button", name="Begin the draft").click()
    expect(page.get_by_text("Not tried yet.")).to_be_visible()
    then_it_fits(page)
    page.get_by_role("link", name="Early help", exact=True).click()
    then_it_fits(page)
    page.get_by_label("Points").fill("16")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("row", name=re.compile("Adds 16 points"))).to_be_visible()
    page.get_by_role("button", name="Try it on everybody").click()
    expect(page.get_by_text("would move to another band")).to_be_visible()
    then_it_fits(page)
    page.get_by_role("link", name="The children who would move").click()
    expect(page.get_by_role("heading", name="Children who would move")).to_be_visible()
    then_it_fits(page)
    page.get_by_role("link", name="The scheme").click()
    expect(page.get_by_role("link", name="Approve", exact=True)).to_have_count(0)

    page = as_("leader")
    page.get_by_role("row", name=re.compile(f"More for early help {javascript}")).get_by_role("link").click()
    page.get_by_role("link", name="Approve", exact=True).click()
    then_it_fits(page)
    day = today() + timedelta(days=0 if javascript else 1)  # one scheme is live from a day
    page.get_by_label("Live from").fill(f"{day:%d/%m/%Y}")
    page.get_by_role("button", name="Approve it").click()
    expect(page.get_by_role("link", name="Say what the approval rests on")).to_be_visible()
    page.get_by_label("What the approval rests on").fill("Agreed by the partnership")
    page.get_by_role("button", name="Approve it").click()
    expect(page.get_by_text(re.compile("Approved: live from"))).to_be_visible()
    page.get_by_role("link", name="Public notice").click()
    then_it_fits(page)
