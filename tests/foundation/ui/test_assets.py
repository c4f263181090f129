"""The committed styles and script are whole, ours to use, and what their sources give."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

CHECKOUT = Path(__file__).resolve().parents[3]
STATIC = CHECKOUT / "src" / "harbour" / "foundation" / "ui" / "static" / "harbour"
TEMPLATES = CHECKOUT / "src" / "harbour" / "foundation" / "ui" / "templates"


def styles() -> str:
    return (STATIC / "harbour.css").read_text(encoding="utf-8")


def test_compiled_assets_are_what_the_latest_build_left() -> None:
    done = subprocess.run(
        [CHECKOUT / "frontend" / "check"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_a_changed_source_without_a_build_is_noticed(tmp_path: Path) -> None:
    shutil.copytree(
        CHECKOUT / "frontend", tmp_path / "frontend", ignore=shutil.ignore_patterns("node_modules")
    )
    shutil.copytree(STATIC, tmp_path / STATIC.relative_to(CHECKOUT))
    changed = tmp_path / "frontend" / "sass" / "_print.scss"
    changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    done = subprocess.run(
        [tmp_path / "frontend" / "check"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "sources: sass/_print.scss" in done.stderr


def test_every_picture_that_the_styles_name_is_there() -> None:
    named = set(re.findall(r'url\("?(?!data:)([^)"]+)"?\)', styles()))

    assert named
    assert [name for name in named if not (STATIC / name).is_file()] == []


@pytest.mark.parametrize("mark", ["GDS Transport", "govuk-crest", "fonts/"])
def test_nothing_of_the_crowns_is_carried(mark: str) -> None:
    assert mark not in styles()


def test_every_static_file_that_a_template_names_is_found() -> None:
    named = {
        name
        for template in TEMPLATES.rglob("*.html")
        for name in re.findall(r"{% static '([^']+)'", template.read_text(encoding="utf-8"))
    }

    assert named
    assert [name for name in named if finders.find(name) is None] == []


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_has_styles_or_scripts_of_its_own(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    # What a sheet of paper says of who printed it is new on every page: one style, under a nonce.
    if template.name == "page.html":
        source = source.replace('<style nonce="{{ csp_nonce }}">', "", 1)

    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", source)
