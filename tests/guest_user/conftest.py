# SPDX-License-Identifier: GPL-2.0-or-later
"""Builds the userland once a session and runs its programs on the fake kernel."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from sim import build


def load_fake_kernel() -> ModuleType:
    """Load the fake kernel by its path: test folders are no packages."""
    spec = importlib.util.spec_from_file_location("fakekernel", Path(__file__).with_name("fakekernel.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules["fakekernel"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of built files, as the guest sees it; built first if a source is newer."""
    built = [path.stat().st_mtime for path in (build.OUT / "root").rglob("*") if path.is_file()]
    folders = [build.GUEST / name for name in ("abi", "bin", "lib", "rtld")]
    sources = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    newest = max(path.stat().st_mtime for path in [*sources, build.GUEST / "root.toml"])
    objects = build.OBJECTS / "user-program/guest/lib/csu"
    if not built or min(built) < newest or not objects.is_dir():
        build.build_user()
    return build.OUT / "root"


@pytest.fixture(scope="session")
def fake_kernel(root: Path) -> Callable:
    """Make a fake kernel over the built root, with more files if wanted."""
    module = load_fake_kernel()
    return lambda **files: module.FakeKernel(root, dict(files.pop("files", {})))


@pytest.fixture
def run(fake_kernel: Callable) -> Callable:
    """Run a built program: ``run("/bin/dd", "bs=1", files={…}, environ={…})``."""

    def run_program(path: str, *args: str, files: dict | None = None, environ: dict | None = None):
        name = path.rsplit("/", 1)[-1]
        return fake_kernel(files=files or {}).execute(path, (name, *args), environ or {})

    return run_program


@pytest.fixture(scope="session")
def compile_guest(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable:
    """Compile C for the guest: ``compile_guest(source, libs=…, shared=…)`` returns the ELF file's bytes."""
    folder = tmp_path_factory.mktemp("guest")
    include = [f"-I{build.OBJECTS / 'gen'}", f"-I{build.GUEST / 'lib' / 'include'}", f"-I{build.GUEST}"]

    def compile_source(source: str, *, libs: tuple = (), shared: str = "", link: tuple = ()) -> bytes:
        number = len(list(folder.iterdir()))
        path = folder / f"{number}.c"
        path.write_text(source)
        kind = "library" if shared else "program"
        flags = [*build.USER_FLAGS, *build.USER_KIND_FLAGS[kind], *include]
        build.zig("cc", *flags, "-c", str(path), "-o", str(path.with_suffix(".o")))
        inputs = [path.with_suffix(".o"), *libs, root / "lib/libc.so.7"]
        shape = ["-shared", "-soname", shared] if shared else ["--image-base=0x8000", *build.DYNAMIC_PROGRAM]
        if not shared:
            inputs = [*sorted((build.OBJECTS / "user-program/guest/lib/csu").glob("*.o")), *inputs]
        out = folder / (shared or f"{number}.elf")
        build.zig("ld.lld", *build.USER_LINK, *shape, *link, *map(str, inputs), "-o", str(out))
        return out.read_bytes()

    compile_source.folder = folder
    return compile_source


@pytest.fixture(scope="session")
def compile_host(tmp_path_factory: pytest.TempPathFactory) -> Callable:
    """Compile guest C sources for the host into a shared library and return its path."""

    def compile_sources(*sources: str, extra: str = "") -> Path:
        folder = tmp_path_factory.mktemp("host")
        (folder / "extra.c").write_text(extra)
        paths = [*(str(build.GUEST / source) for source in sources), str(folder / "extra.c")]
        build.zig("cc", "-shared", "-fPIC", "-std=gnu17", f"-I{build.GUEST}", *paths, "-o", str(folder / "lib.so"))
        return folder / "lib.so"

    return compile_sources
