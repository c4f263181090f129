"""Three invented years of the Middleshire partnership, from April 2016 to March 2019.

Made by code from a fixed seed, so that the figures of its quarters are known before they are
computed: `targets` says what must come out, `calibration` proves that the register finds it.
Everybody here is invented; numbers come from ranges that belong to nobody.
"""
