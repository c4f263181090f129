class NotCalibrated(Exception):
    pass
def check() -> None:
    pass
