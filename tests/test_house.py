"""The house itself: that sentences, terms, documents and code tell the same story."""

from __future__ import annotations

import ast
import inspect
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from schoolprivacy import __version__, errors
from schoolprivacy.law import LawTerm

ROOT = Path(__file__).resolve().parent.parent
CORE = ROOT / "schoolprivacy"
GROUND = {
    "bsn",
    "clock",
    "contact",
    "countries",
    "duties",
    "errors",
    "law",
    "schoolyear",
    "settings",
}
KNOWN_ERRORS = {
    name
    for name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.KnownError)
}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def sources() -> dict[Path, ast.Module]:
    """Every module of the program, by its path."""
    files = sorted([*CORE.rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in files}


def called(node: ast.AST) -> str:
    """The last name of what is called: ``keys.read()`` gives ``read``; otherwise empty."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return getattr(function, "attr", "") or getattr(function, "id", "")


# ---------------------------------------------------------------- sentences


def key_of(call: ast.Call, name: str) -> ast.expr | None:
    """The argument that names a sentence in a call of an error, of Problem or of sentence."""
    position = 1 if name == "Problem" else 0
    by_name = [keyword.value for keyword in call.keywords if keyword.arg == "key"]
    return by_name[0] if by_name else (call.args[position : position + 1] or [None])[0]


def problem_makers(module: ast.Module) -> set[str]:
    """Functions that pass their own parameter ``key`` on to Problem, such as ``_warn``."""
    return {
        function.name
        for function in ast.walk(module)
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and called(call) == "Problem"
        for key in [key_of(call, "Problem")]
        if isinstance(key, ast.Name) and key.id == "key"
    }


def keys_used() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where, which key, and the names of the values given (None: not to be seen here)."""
    for path, module in sources().items():
        makers = problem_makers(module)
        for node in ast.walk(module):
            name = called(node)
            if not isinstance(node, ast.Call):
                continue
            where = f"{path.relative_to(ROOT)}:{node.lineno}"
            if name in makers:
                key = next((arg for arg in node.args if isinstance(arg, ast.Constant)), None)
            elif name in KNOWN_ERRORS | {"Problem", "sentence"}:
                key = key_of(node, name)
            else:
                continue
            if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
                continue
            of_problem = name == "Problem" or name in makers
            given = {keyword.arg for keyword in node.keywords if keyword.arg}
            hidden = of_problem or any(keyword.arg is None for keyword in node.keywords)
            yield where, "problem." * of_problem + key.value, None if hidden else given


def test_every_key_has_a_sentence() -> None:
    known = errors._sentences()
    missing = [f"{where}: {key}" for where, key, _ in keys_used() if key not in known]
    assert not missing, "no sentence in messages.nl.toml:\n" + "\n".join(missing)


def test_every_value_in_a_sentence_is_given() -> None:
    known = errors._sentences()
    wrong = []
    for where, key, given in keys_used():
        wanted = {field for _, field, _, _ in Formatter().parse(known.get(key, "")) if field}
        if given is not None and wanted - given:
            wrong.append(f"{where}: {key} needs {', '.join(sorted(wanted - given))}")
    assert not wrong, "\n".join(wrong)


def test_every_sentence_is_used() -> None:
    constants: set[str] = set()
    beginnings: set[str] = set()  # of f-strings such as f"import_file.{kind}"
    for module in sources().values():
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))

    def used(key: str) -> bool:
        return key in constants or any(
            key.startswith(beginning) and key.removeprefix(beginning) in constants
            for beginning in beginnings
            if beginning.endswith(".")
        )

    idle = [key for key in errors._sentences() if not used(key)]
    assert not idle, "in messages.nl.toml, but nothing says it:\n" + "\n".join(idle)


# ---------------------------------------------------------------- law


def law_terms() -> dict[str, dict[str, Any]]:
    suites = tomllib.loads(text("resources/law.toml"))
    return {f"{suite}.{name}": term for suite in suites for name, term in suites[suite].items()}


@pytest.mark.parametrize("name", law_terms())
def test_a_term_of_law_has_a_source_and_was_checked(name: str) -> None:
    term = LawTerm(**law_terms()[name])
    assert term.source.strip()
    assert isinstance(term.checked, date)


def test_every_term_asked_for_stands_in_law_toml() -> None:
    asked = {
        key.value
        for module in sources().values()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and called(node) == "term" and node.args
        for key in [node.args[0]]
        if isinstance(key, ast.Constant)
    }
    assert asked <= law_terms().keys()


# ---------------------------------------------------------------- rooms


def test_nothing_but_the_commands_prints() -> None:
    modules = (
        "__main__.py",
        "commands.py",
        "console.py",
        "import_commands.py",
        "print_commands.py",
        "year_commands.py",
    )
    commands = {*(CORE / each for each in modules), ROOT / "ui" / "__main__.py"}
    prints = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, module in sources().items()
        if path not in commands
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert not prints


@pytest.mark.parametrize(
    "path",
    sorted([*CORE.glob("*/rules.py"), *CORE.glob("*/terms.py")]),
    ids=lambda path: f"{path.parent.name}.{path.stem}",
)
def test_rules_and_terms_import_terms_and_the_ground_only(path: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(sources()[path]):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "schoolprivacy":
            imported |= {f"schoolprivacy.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module)
    foreign = {
        name
        for name in imported
        if name.split(".")[0] not in sys.stdlib_module_names
        and name.removeprefix("schoolprivacy.") not in GROUND
        and not name.endswith((".terms", "_terms"))
    }
    assert not foreign


# ---------------------------------------------------------------- what the repository promises


def test_the_version_is_told_once() -> None:
    assert tomllib.loads(text("pyproject.toml"))["project"]["version"] == __version__


def test_changelog_and_publiccode_name_the_same_release() -> None:
    """Before the first release neither names one."""
    changelog = text("CHANGELOG.md")
    assert "## [Unreleased]" in changelog
    released = re.findall(r"^## \[(\d[^\]]*)\]", changelog, re.MULTILINE)[:1]
    told = re.findall(r'^softwareVersion: "?([^"\n]+)"?$', text("publiccode.yml"), re.MULTILINE)
    assert told == released
    assert released in ([], [__version__])


def test_requirements_name_no_host() -> None:
    for path in (ROOT / "requirements").iterdir():
        content = path.read_text(encoding="utf-8")
        assert "://" not in content, path.name
        assert "--hash=sha256:" in content, path.name


def test_no_lock_file_that_names_hosts_is_tracked() -> None:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git repository")
    command = ["git", "ls-files", "*uv.lock", "*pylock*.toml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == ""


def test_the_readme_names_the_commands_there_are() -> None:
    command = [sys.executable, "-m", "schoolprivacy", "--help"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    listed = re.search(r"\{([a-z,-]+)\}", done.stdout)
    assert listed, done.stdout
    named = set(re.findall(r"python -m schoolprivacy ([a-z-]+)", text("README.md")))
    assert named == set(listed[1].split(","))


def test_contributing_and_dev_py_agree() -> None:
    commands = re.search(r"for command in \(([a-z, ]+)\)", text("dev.py"))
    assert commands
    told = text("README.md") + text("CONTRIBUTING.md") + text(".ci/run")
    named = set(re.findall(r"dev\.py ([a-z]+)", told))
    assert named <= set(commands[1].split(", "))
