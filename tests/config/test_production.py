"""What the settings are where TLS stands before the service."""

import json
import os
import subprocess
import sys

ASKED = """
import json
from harbour.config import settings as s
said = {name: value for name, value in vars(s).items() if name.isupper()}
print(json.dumps({n: value for n, value in said.items() if isinstance(value, str | int)}))
"""


def _settings(**environment: str) -> dict[str, object]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HARBOUR_")}
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env={**kept, **environment}, capture_output=True, check=True
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_cookies_are_of_this_host_alone_and_for_no_script() -> None:
    found = _settings()

    for name in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert str(found[f"{name}_NAME"]).startswith("__Host-")
        assert found[f"{name}_SECURE"] is True
        assert found[f"{name}_HTTPONLY"] is True
        assert found[f"{name}_SAMESITE"] == "Lax"
    assert found["MESSAGE_STORAGE"] == "django.contrib.messages.storage.session.SessionStorage"


def test_browsers_are_told_to_speak_tls_for_a_year_here_and_below() -> None:
    found = _settings()

    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True


def test_nothing_of_the_demo_or_of_debugging_is_on() -> None:
    found = _settings()

    assert found["DEBUG"] is False
    assert found["HARBOUR_DEMO"] is False
    assert found["HARBOUR_PLAIN_HTTP"] is False
    assert found["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False


def test_one_proxy_is_believed_and_no_more() -> None:
    assert _settings()["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert _settings(HARBOUR_PLAIN_HTTP="1")["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
