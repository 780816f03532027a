"""How a start goes: refused with a sentence where it would be unsafe, and of one mind with the migrations."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

ROOT = Path(__file__).resolve().parents[3]
PRODUCTION = {
    "PATH": os.environ["PATH"],
    "VCDB_ENV": "production",
    "SECRET_KEY": "q8Zr5nB2vK9wX4mT7cJ1hL6gF3dS0pAyUeIoNtRbWkQzMxVjaB3x",
    "ALLOWED_HOSTS": "vcdb.example.gov.uk",
    "VCDB_TLS_PROXY": "X-Forwarded-Proto",
    "VCDB_FILE_KEY": "uS0mQxJ7cV2nZ8bK4hT1yE6gR9fD3aLwPqXoIvNsBtM=",
    "DATABASE_URL": "postgresql://vcdb_web@db.invalid/vcdb",
    "REDIS_URL": "redis://queue.invalid",
}


def start(tmp_path: Path, code: str, **changes: str) -> subprocess.CompletedProcess[str]:
    env = {**PRODUCTION, "VCDB_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "vcdb.settings", **changes}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)


def test_a_safe_production_start_has_secure_cookies_and_no_debug(tmp_path: Path) -> None:
    asked = "s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.VCDB_MFA_ROLES"
    done = start(tmp_path, f"from django.conf import settings as s; print({asked})")
    assert done.stdout.strip() == "False True True True ['*']", done.stderr


def test_the_checks_for_deployment_find_nothing_in_a_safe_production_start(tmp_path: Path) -> None:
    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    done = start(tmp_path, code)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "ALLOWED_HOSTS", "VCDB_TLS_PROXY", "DATABASE_URL", "REDIS_URL", "VCDB_FILE_KEY"]
)
def test_a_start_without_a_setting_ends_with_its_sentence(tmp_path: Path, name: str) -> None:
    done = start(tmp_path, "import django; django.setup()", **{name: ""})
    assert done.returncode
    assert done.stderr.splitlines()[-1].startswith(
        f"django.core.exceptions.ImproperlyConfigured: Set {name} "
    )


def test_a_production_start_with_debug_on_is_refused(tmp_path: Path) -> None:
    assert (
        "unset DEBUG." in start(tmp_path, "import django; django.setup()", DEBUG="1").stderr.splitlines()[-1]
    )


def test_a_request_that_the_proxy_did_not_take_by_https_is_sent_to_https(tmp_path: Path) -> None:
    code = (
        "import django; django.setup()\n"
        "from django.http import HttpResponse\n"
        "from django.middleware.security import SecurityMiddleware as M\n"
        "from django.test import RequestFactory as R\n"
        "m = M(lambda request: HttpResponse()); host = {'HTTP_HOST': 'vcdb.example.gov.uk'}\n"
        "sent = [('/', {}), ('/', {'HTTP_X_FORWARDED_PROTO': 'https'})]\n"
        "print(*(m(R().get(path, **host, **said)).status_code for path, said in sent))"
    )
    assert start(tmp_path, code).stdout.strip() == "301 200"


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_the_checks_find_nothing() -> None:
    call_command("check", fail_level="WARNING")


@pytest.mark.django_db
def test_the_health_page_names_parts_and_nothing_else(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "queue": "ok"})


@pytest.mark.django_db
def test_the_health_page_says_which_part_does_not_answer(client: Client, settings: object) -> None:
    settings.REDIS_URL = "unix:///nowhere/valkey.sock"  # type: ignore[attr-defined]
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "queue": "no answer"})


@pytest.mark.django_db
def test_no_page_takes_anything_from_elsewhere_or_stays_in_a_cache(client: Client) -> None:
    headers = client.get("/accounts/login/").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_the_page_furniture_is_served_from_its_packages(client: Client) -> None:
    for path in ("govuk/govuk-frontend.min.css", "moj/moj-frontend.min.css", "django_htmx/htmx-2.min.js"):
        assert client.get(f"/static/{path}").status_code == 200, path
