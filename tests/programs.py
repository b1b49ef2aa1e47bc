"""Programs of this machine that tests use when they are there."""

import os
import shutil


def find_chromium() -> str | None:
    """Return the path of the system's Chromium, or None without one."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)
