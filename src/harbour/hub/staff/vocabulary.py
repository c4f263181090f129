"""The words of people and roles."""

MAKE_ADMINISTRATOR = "staff.administrator"
