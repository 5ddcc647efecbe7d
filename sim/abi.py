# SPDX-License-Identifier: GPL-2.0-or-later
"""The numbers and layouts of sim/guest/abi that the host needs: control device, boot information, root image.

The headers are the authority; they are not shipped with the package, so this module repeats them and
tests/sim/test_abi.py compares every name. Layouts are ``struct`` formats, fields in the header's order.
"""

from __future__ import annotations

import struct
from enum import IntEnum

PV_REQ_MAGIC = 0x51525650
PV_NOISE_PAGE_ORDER = 0x1
PV_NOISE_TIMER_PHASE = 0x2
PV_NOISE_STACK_GAP = 0x4
PV_NOISE_BACKGROUND = 0x8
PV_MARK_START = 0
PV_MARK_END = 1


class PvEvent(IntEnum):
    """PV_EV_*: what the guest announces."""

    READY = 1
    MARK = 2
    EXECFAIL = 3
    REPORT = 4
    DONE = 5
    BUFFER = 6
    LOADED = 7
    REJECTED = 8
    PANIC = 9
    ACTIVITY = 10
    LOST = 11
    MAPPING = 12
    GRABFAIL = 13


PV_LOST = {
    0: "recursion",
    1: "dynvar",
    2: "speculation",
    3: "speculation-busy",
    4: "speculation-unavailable",
    5: "double-error",
    6: "dynvar-dirty",
    7: "dynvar-rinsing",
    8: "missed",
}

PV_REQUEST = struct.Struct("<10I")
PV_REPORT = struct.Struct("<2I3Q4I")

BOOTINFO_MAGIC = 0x464E4942
BOOTINFO = struct.Struct("<20I")

ROOTFS_MAGIC = 0x53465250
ROOTFS_VERSION = 1
ROOTFS_PAGE = 4096
ROOTFS_ROOT = 1
ROOTFS_NAMEMAX = 255
ROOTFS_IFDIR = 0x4000
ROOTFS_IFREG = 0x8000
ROOTFS_SUPER = struct.Struct("<8I")
ROOTFS_INODE = struct.Struct("<8I")
ROOTFS_DIRENT = struct.Struct("<4I")
