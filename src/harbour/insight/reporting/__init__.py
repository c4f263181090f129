"""Figures that recompute, each with what it rests on.

Words: a *figure* has a population, a period, a unit, a definition, a base and the moment at which
it was counted. The *register* holds the definitions. A value is *closed* where it is too small to
be shown to those who read figures alone. Others may call `queries`, for a quarter's report.
"""
