"""Concerns about a child as they come in, who screens them, and those that stay in watch.

Words: a *referral* is what somebody said about one child or several. *Screening* is the decision
on it, within one working day. A referral closed with no further action stays in *watch*: it
*resurfaces* when anything new touches the same child, address, phone or group.
"""
