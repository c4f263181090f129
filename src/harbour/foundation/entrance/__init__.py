"""The door: signing in, second factors, signing out, and the demo's cast.

In the demo alone the sign-in page offers the cast by name and job. Everywhere else a password and a
second factor are needed; who signs in, fails to or signs out is remembered in the ledger.
"""
