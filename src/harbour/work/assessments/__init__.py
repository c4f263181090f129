"""Tools that help a person judge, and the judgement the person gives.

Words: a *tool* is a versioned template with a declared purpose; its *indicators* are typed
vulnerability, risk or harm. The computed *score* stands beside a *judgement* that a person must
give with reasons. Two tools completed together are *paired*.
"""
