# SPDX-License-Identifier: GPL-2.0-or-later
"""Hatchling's build hook: compiles the native core and the guest while the package is built.

Loaded by path in the isolated build environment, where ``sim`` is not importable, so it brings the
folder's build module in by path too.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def load_build_module(root: Path) -> ModuleType:
    """Return sim/build.py as a module; raises ImportError if it cannot be loaded."""
    spec = importlib.util.spec_from_file_location("probelab_build", root / "sim" / "build.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"no build module under {root}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg, misc, unused-ignore]
    """Builds everything for a wheel (editable or not); a source distribution needs nothing."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's signature)
        """Build into sim/_build and mark the wheel as made for this platform."""
        if self.target_name != "wheel":
            return
        load_build_module(Path(self.root)).build_all()
        build_data["pure_python"] = False
        build_data["infer_tag"] = False
        build_data["tag"] = f"py3-none-{platform_tag()}"


def platform_tag() -> str:
    """Return the wheel platform tag of this host, such as ``linux_x86_64``."""
    import sysconfig

    return sysconfig.get_platform().replace("-", "_").replace(".", "_")
