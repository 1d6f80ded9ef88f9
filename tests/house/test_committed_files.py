"""What is committed names no machine, no package registry and no secret."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ITSELF = "tests/house/test_committed_files.py"  # which names what it looks for
FOLDER_OF_A_MACHINE = re.compile(r"(?<![\w.$}-])/(?:work|root|home/\w+|Users/\w+)" + r"/[\w.]")
REGISTRY = re.compile(
    r"\b(?:pypi\.(?:org|python)|(?:files\.)?python" + r"hosted\.|registry\.npm|index[_-]url\b)"
    r"|https?://[\w.:@-]+/(?:simple|artifactory|nexus)\b",
    re.IGNORECASE,
)
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*" + r"PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{36}\b"
    r"|\b(?:SEALING_KEYS|BLIND_INDEX_KEY|PROVISIONAL_KEY|SECRET_KEY)=[\w+/:-]{32,}"
)
PASSWORD_IN_ADDRESS = re.compile(r"\b(?:postgres(?:ql)?|smtps?)://[\w.@%-]+:[^@\s{*…<]{12,}@")
SECRET_FILE = re.compile(r"(?:^|/)(?:\.env.*|.*\.(?:pem|key|p12|pfx)|id_\w+|demo-accounts\.json)$")


def committed() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a clone: there is no list of committed files")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for name in committed():
        if name == ITSELF:
            continue
        try:
            found.append((name, (ROOT / name).read_text(encoding="utf-8")))
        except UnicodeDecodeError:  # a font or the like
            continue
    return found


def where(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {hit.group()}"
        for name, text in texts()
        for hit in pattern.finditer(text)
    ]


def test_the_walk_sees_the_files() -> None:
    names = committed()
    assert "src/havre/project/urls.py" in names
    assert len(names) > 100


def test_no_path_of_a_machine() -> None:
    assert where(FOLDER_OF_A_MACHINE) == []
    here = [str(folder) for folder in (ROOT, Path.home()) if len(folder.parts) > 2]
    assert [name for name, text in texts() for folder in here if folder in text] == []


def test_no_registry() -> None:
    assert where(REGISTRY) == []


def test_not_the_registry_of_this_machine_either() -> None:
    named = [value for name, value in os.environ.items() if name.endswith("INDEX_URL")]
    hosts = {host for url in named for host in re.findall(r"//(?:[^/@]*@)?([\w.-]+\.\w+)", url)}
    assert [(name, host) for name, text in texts() for host in hosts if host in text] == []


def test_no_secret() -> None:
    assert where(SECRET) + where(PASSWORD_IN_ADDRESS) == []
    assert [name for name in committed() if SECRET_FILE.search(name)] == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (FOLDER_OF_A_MACHINE, "cd " + "/home/someone/havre"),
        (FOLDER_OF_A_MACHINE, 'Path("' + "/work/data" + '")'),
        (REGISTRY, "https://mirror.example.org/" + "simple"),
        (REGISTRY, "--index" + "-url somewhere"),
        (SECRET, "-----BEGIN RSA " + "PRIVATE KEY-----"),
        (SECRET, "SECRET_KEY" + "=" + "k" * 40),
        (PASSWORD_IN_ADDRESS, "postgresql://havre_web" + ":" + "k" * 24 + "@db/havre"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)
