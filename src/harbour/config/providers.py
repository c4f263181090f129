"""The partnership's own sign-in providers (OpenID Connect), read from a file of the installation.

`providers.json` in HARBOUR_HOME, or the file that HARBOUR_PROVIDERS names; docs/sign-in.md says
what stands in it. A client secret is never in the file: it comes from the environment
(HARBOUR_PROVIDER_SECRET_<ID>) or from `provider-<id>.secret` beside it.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from harbour.config.secrets import UnusableSecrets

FILE_NAME = "providers.json"
NEEDED = ("id", "name", "server_url", "client_id")
DEFAULTS: Mapping[str, Any] = {
    "uid_field": "sub",  # Entra ID: "oid"
    "groups_claim": "groups",
    "trusts_email": False,  # true where the provider itself gives out the addresses (one tenant)
    "second_factor": {},  # {"claim": "amr", "values": ["mfa"]}: how the provider says that it asked
    "form_origins": [],  # other origins that the provider's sign-in pages lead through
    "fetch_userinfo": False,
}
TOKEN = re.compile(r"[a-z][a-z0-9-]{1,40}")


def load(home: Path, environ: Mapping[str, str], *, plain_http: bool) -> list[dict[str, Any]]:
    """Return the configured providers as the sign-in library wants them; usually none."""
    path = Path(environ.get("HARBOUR_PROVIDERS") or home / FILE_NAME)
    if not path.exists():
        return []
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UnusableSecrets(f"{path} is not readable JSON.") from error
    return [_app(entry, home, environ, plain_http=plain_http) for entry in entries]


def _app(
    entry: Mapping[str, Any], home: Path, environ: Mapping[str, str], *, plain_http: bool
) -> dict[str, Any]:
    lacking = [name for name in NEEDED if not entry.get(name)]
    if lacking:
        raise UnusableSecrets(f"A sign-in provider lacks {', '.join(lacking)}.")
    name = str(entry["id"])
    if not TOKEN.fullmatch(name):
        raise UnusableSecrets(
            f"The id {name!r} of a provider is not a short word in small letters."
        )
    if not plain_http and urlsplit(entry["server_url"]).scheme != "https":
        raise UnusableSecrets(f"The sign-in provider {name} must be asked by https.")
    settings = {key: entry.get(key, default) for key, default in DEFAULTS.items()}
    return {
        "provider_id": name,
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": _secret(name, home, environ),
        "settings": {
            **settings,
            "server_url": entry["server_url"],
            "oauth_pkce_enabled": True,
            "scope": entry.get("scope", ["openid", "profile", "email"]),
        },
    }


def _secret(name: str, home: Path, environ: Mapping[str, str]) -> str:
    variable = f"HARBOUR_PROVIDER_SECRET_{name.upper().replace('-', '_')}"
    if environ.get(variable):
        return environ[variable]
    path = home / f"provider-{name}.secret"
    if not path.exists():
        raise UnusableSecrets(
            f"The secret of the provider {name} is neither in {variable} nor in {path}."
        )
    if path.stat().st_mode & 0o077:
        raise UnusableSecrets(f"{path} can be read by other users of this machine: chmod 600 it.")
    return path.read_text(encoding="utf-8").strip()


def origins(apps: list[dict[str, Any]]) -> list[str]:
    """Return the origins to which a sign-in or sign-out form may lead."""
    found = []
    for each in apps:
        parts = urlsplit(each["settings"]["server_url"])
        found += [f"{parts.scheme}://{parts.netloc}", *each["settings"]["form_origins"]]
    return sorted(set(found))
