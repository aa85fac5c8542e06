"""Imports point down only; a broken arrow is named with file and line."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
# from low to high: a package may import itself and what stands below it
LAYERS = [
    "dialoog.kernel.clock",
    "dialoog.kernel.errors",
    "dialoog.kernel.db",
    "dialoog.kernel.prepared",
    "dialoog.kernel.tokens",
    "dialoog.kernel.zones",
    "dialoog.kernel.ui",
    "dialoog.kernel.workspaces",
    "dialoog.kernel.audit",
    "dialoog.kernel.files",
    "dialoog.kernel.documents",
    "dialoog.kernel.outbox",
    "dialoog.kernel.members",
    "stakeholders",
    "sessions",
    "feedback",
    "dialoog.portal",
]
ROOT_MODULES = {"dialoog.settings", "dialoog.urls", "dialoog.celery", "dialoog.wsgi", "dialoog.environment"}
MODELLESS = {"dialoog.kernel.documents", "dialoog.kernel.ui"}


def layer_of(module: str) -> int | None:
    found = [n for n, layer in enumerate(LAYERS) if module == layer or module.startswith(f"{layer}.")]
    return max(found) if found else None


def modules() -> list[tuple[str, Path]]:
    found = []
    for folder in ("dialoog", "stakeholders", "sessions", "feedback"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            relative = path.relative_to(ROOT)
            skipped = {"tests", "testing", "migrations", "management"}
            if not skipped & set(relative.parts) and not path.name.startswith("testing"):
                found.append((".".join(relative.with_suffix("").parts).removesuffix(".__init__"), path))
    return found


def imports_of(path: Path) -> list[tuple[int, str, bool]]:
    """(line, module, at the top of the file) of every import."""
    tree = ast.parse(path.read_text())
    top = {id(node) for node in tree.body}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name, id(node) in top) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found += [(node.lineno, name, id(node) in top) for name in names]
    return found


def test_imports_point_down_only():
    wrong = []
    for module, path in modules():
        mine = layer_of(module)
        for line, imported, _top in imports_of(path):
            theirs = layer_of(imported)
            if mine is not None and theirs is not None and theirs > mine:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {imported}")

    assert wrong == []


def test_the_composition_root_is_imported_by_nobody():
    allowed = {"dialoog", "dialoog.settings", "dialoog.wsgi", "dialoog.celery"}
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {imported}"
        for module, path in modules()
        if module not in allowed
        for line, imported, _top in imports_of(path)
        if any(imported == root or imported.startswith(f"{root}.") for root in ROOT_MODULES)
    ]

    assert wrong == []


def test_documents_and_ui_know_no_models():
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {imported}"
        for module, path in modules()
        if any(module.startswith(package) for package in MODELLESS)
        for line, imported, _top in imports_of(path)
        if imported.startswith("django.db") or ".models" in imported
    ]

    assert wrong == []


def test_imports_stand_at_the_top_or_say_why():
    wrong = []
    for _module, path in modules():
        lines = path.read_text().splitlines()
        for line, imported, top in imports_of(path):
            above = lines[max(0, line - 3) : line]
            excused = any("# why" in text or "TYPE_CHECKING" in text for text in above)
            if not top and not excused:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {imported}")

    assert wrong == []


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "manager", "misc"])
def test_no_module_is_named_after_nothing(word):
    assert [str(path) for _module, path in modules() if path.stem == word] == []
