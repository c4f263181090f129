"""Signing in with an agency's own OpenID Connect provider: the strict half of the library's.

The library trusts a token that came over TLS and lets the token name its algorithm. Here every
ID token is checked whole: key, algorithm, issuer, audience, times, nonce and the access token's
hash; the sign-in is begun by a form, and its answer fits only the session that began it.
"""
