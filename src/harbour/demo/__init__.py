"""The invented partnership: its people, its three years, its calibration, its check.

Everybody here is invented. Numbers come from reserved ranges: NHS 999…, telephone 07700 900…,
example.org.
"""
