"""The rules of who may import whom, as pyproject.toml states them."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RULES = PROJECT["tool"]["importlinter"]


def test_the_import_contracts_are_kept():
    linter = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    assert f"{len(RULES['contracts'])} kept, 0 broken" in run.stdout


def test_every_file_that_calls_itself_pure_is_held_to_it():
    (pure,) = (contract for contract in RULES["contracts"] if contract["id"] == "pure")
    held = tuple(pure["source_modules"])
    claims = {module for package in RULES["root_packages"] for module in _claiming_purity(ROOT / package)}
    assert len(claims) > 30
    assert {module for module in claims if not _below(module, held)} == set()


def _claiming_purity(package: Path) -> set[str]:
    return {_name(path) for path in package.rglob("*.py") if re.search(r"\. Pure\b|[,:] pure[,:]", _doc(path))}


def _doc(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _below(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)
