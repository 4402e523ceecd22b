"""The files of everyday words: ours, which comes with the program, and a site's own."""

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from moiso.procedures.everyday import EverydayWords
from moiso.runtime.toml import ConfigError, read


def read_words(path: Path) -> EverydayWords:
    """A file of everyday words. Raises ConfigError with all its mistakes."""
    tables, errors = read(path, EverydayWords)
    if errors:
        raise ConfigError(path, errors)
    return EverydayWords(**tables)


@cache
def our_words() -> EverydayWords:
    """The words that come with the program, read once."""
    with as_file(files("moiso.procedures").joinpath("everyday.toml")) as path:
        return read_words(path)
