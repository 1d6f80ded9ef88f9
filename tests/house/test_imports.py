"""The walls of the house, checked on every run of the tests."""

from configparser import ConfigParser
from pathlib import Path

from importlinter import cli

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
CONTRACTS = ROOT / ".importlinter"


def test_nothing_climbs_over_a_wall(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(SOURCE))
    assert cli.lint_imports(config_filename=str(CONTRACTS), cache_dir=None) == 0


def test_every_table_and_rule_is_private_to_its_app():
    written = ConfigParser(interpolation=None)
    written.read(CONTRACTS)
    kept = {
        module
        for section in written.values()
        if section.get("type") == "protected"
        for module in section["protected_modules"].split()
    }
    assert rooms("models") | rooms("rules") <= kept


def rooms(name: str) -> set[str]:
    """The modules of this name in every app."""
    apps = [path.parent for floor in ("commons", "domains") for path in folder(floor)]
    return {
        ".".join([*app.relative_to(SOURCE).parts, name])
        for app in apps
        if (app / f"{name}.py").exists() or (app / name / "__init__.py").exists()
    }


def folder(floor: str) -> list[Path]:
    return sorted((SOURCE / "havre" / floor).glob("*/apps.py"))
