"""Whether an ID token is genuine, meant for us, and the answer to what this session asked."""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jwt

# Signatures only, and none that a client secret could forge. The token does not choose: its
# algorithm must be one of these and fit the provider's published key.
ALGORITHMS: Mapping[str, str] = {
    "RS256": "sha256",
    "RS384": "sha384",
    "RS512": "sha512",
    "PS256": "sha256",
    "ES256": "sha256",
    "ES384": "sha384",
}
NEEDED = ["iss", "sub", "aud", "exp", "iat"]
SKEW = 30
OLDEST = 600
LONGEST = 24 * 3600


class Unproved(Exception):
    """The token proves nothing; the text names the check, never what the token held."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a token must say."""

    issuer: str
    client_id: str
    nonce: str
    now: float
    # The person must have been asked again, no longer ago than this many seconds.
    asked_within: int | None = None


def verify(
    token: str, *, keys: Sequence[Mapping[str, Any]], access_token: str, expected: Expected
) -> dict[str, Any]:
    """Return the claims of a genuine token; raise `Unproved` for any other."""
    header = _header(token)
    algorithm = str(header.get("alg", ""))
    if algorithm not in ALGORITHMS:
        raise Unproved("algorithm")
    claims = _claims(token, _key(keys, header, algorithm), algorithm, expected)
    _check_party(claims, expected)
    _check_times(claims, expected)
    if "at_hash" in claims:
        _check_hash(str(claims["at_hash"]), access_token, ALGORITHMS[algorithm])
    return claims


def _header(token: str) -> dict[str, Any]:
    try:
        return dict(jwt.get_unverified_header(token))
    except jwt.PyJWTError as error:
        raise Unproved("form") from error


def _key(keys: Sequence[Mapping[str, Any]], header: Mapping[str, Any], algorithm: str) -> jwt.PyJWK:
    fitting = [
        each
        for each in keys
        if each.get("use", "sig") == "sig"
        and each.get("alg", algorithm) == algorithm
        and ("kid" not in header or each.get("kid") == header["kid"])
    ]
    if len(fitting) != 1:
        raise Unproved("key")
    try:
        return jwt.PyJWK(dict(fitting[0]), algorithm=algorithm)
    except jwt.PyJWTError as error:
        raise Unproved("key") from error


def _claims(token: str, key: jwt.PyJWK, algorithm: str, expected: Expected) -> dict[str, Any]:
    try:
        return dict(
            jwt.decode(
                token,
                key=key,
                algorithms=[algorithm],
                issuer=expected.issuer,
                audience=expected.client_id,
                # The clock is ours, below: the library reads the machine's.
                options={"require": NEEDED, "verify_exp": False, "verify_iat": False},
            )
        )
    except jwt.PyJWTError as error:
        raise Unproved(type(error).__name__) from error


def _check_party(claims: Mapping[str, Any], expected: Expected) -> None:
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), expected.nonce.encode()):
        raise Unproved("nonce")
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and "azp" not in claims:
        raise Unproved("authorised party")
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise Unproved("authorised party")
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise Unproved("subject")


def _check_times(claims: Mapping[str, Any], expected: Expected) -> None:
    issued, expires = claims["iat"], claims["exp"]
    if not all(isinstance(each, int | float) for each in (issued, expires)):
        raise Unproved("times")
    if expires <= expected.now - SKEW or expires > expected.now + LONGEST:
        raise Unproved("expiry")
    if not expected.now - OLDEST <= issued <= expected.now + SKEW:
        raise Unproved("issue")
    if expected.asked_within is not None:
        asked = claims.get("auth_time")
        if (
            not isinstance(asked, int | float)
            or asked < expected.now - expected.asked_within - SKEW
        ):
            raise Unproved("asked again")


def _check_hash(given: str, access_token: str, digest: str) -> None:
    whole = hashlib.new(digest, access_token.encode("ascii", "replace")).digest()
    half = base64.urlsafe_b64encode(whole[: len(whole) // 2]).rstrip(b"=")
    if not hmac.compare_digest(half, given.encode()):
        raise Unproved("access token hash")
