# SPDX-License-Identifier: GPL-2.0-or-later
"""Packs files into the guest's read-only root image (format: sim/guest/abi/rootfs.h).

The image is superblock, inode table, directory entries, names, then every file's data on pages of its own,
so that the kernel maps a file's pages where they lie. Directories exist because a file is in them, plus
``/dev`` and ``/tmp`` to mount on. ``pack({"/bin/dd": data})`` gives the image.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sim import abi
from sim.errors import LoadError

MOUNT_POINTS = ("/dev", "/tmp")
MTIME = 1_430_000_000  # 25 April 2015: builds are repeatable


@dataclass
class _Node:
    """A file (data) or a directory (children) of the tree being packed."""

    number: int
    parent: int
    data: bytes | None = None
    children: dict[str, _Node] = field(default_factory=dict)


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return the image holding ``files`` (absolute guest path to contents); raises LoadError for a bad path."""
    nodes = _build_tree(files)
    names, name_offsets = _collect_names(nodes)
    inode_off = abi.ROOTFS_SUPER.size
    dirent_off = inode_off + abi.ROOTFS_INODE.size * (len(nodes) + 1)
    name_off = dirent_off + abi.ROOTFS_DIRENT.size * (len(nodes) - 1)
    data_off = _page(name_off + len(names))
    inodes, dirents, data = bytearray(abi.ROOTFS_INODE.size), bytearray(), bytearray()
    for node in nodes:
        if node.data is None:
            where, size = dirent_off + len(dirents), abi.ROOTFS_DIRENT.size * len(node.children)
            for name in sorted(node.children, key=str.encode):
                offset, length = name_offsets[name]
                dirents += abi.ROOTFS_DIRENT.pack(node.children[name].number, name_off + offset, length, 0)
            mode, nlink = abi.ROOTFS_IFDIR | 0o755, 2 + sum(child.data is None for child in node.children.values())
        else:
            where, size = data_off + len(data), len(node.data)
            data += node.data + bytes(_page(size) - size)
            mode, nlink = abi.ROOTFS_IFREG | 0o755, 1
        inodes += abi.ROOTFS_INODE.pack(mode, nlink, size, where, node.parent, 0, 0, 0)
    total = data_off + len(data)
    head = abi.ROOTFS_SUPER.pack(
        abi.ROOTFS_MAGIC, abi.ROOTFS_VERSION, total, len(nodes) + 1, inode_off, name_off, len(names), MTIME
    )
    meta = head + bytes(inodes) + bytes(dirents) + names
    return meta + bytes(data_off - len(meta)) + bytes(data)


def _build_tree(files: Mapping[str, bytes]) -> list[_Node]:
    root = _Node(abi.ROOTFS_ROOT, abi.ROOTFS_ROOT)
    nodes = [root]
    for path in sorted([*files, *MOUNT_POINTS]):
        parts = PurePosixPath(path).parts
        if len(parts) < 2 or parts[0] != "/" or ".." in parts:
            raise LoadError(f"root file {path!r}; expected an absolute path below /")
        node = root
        for depth, name in enumerate(parts[1:], 2):
            if len(name.encode()) > abi.ROOTFS_NAMEMAX or "\0" in name:
                raise LoadError(f"root file {path!r}; expected names of at most {abi.ROOTFS_NAMEMAX} bytes")
            if node.data is not None:
                raise LoadError(f"root file {path!r}; {'/'.join(parts[1 : depth - 1])} is a file, not a directory")
            if name not in node.children:
                node.children[name] = _Node(len(nodes) + 1, node.number)
                nodes.append(node.children[name])
            node = node.children[name]
        if path in files:
            if node.children:
                raise LoadError(f"root file {path!r}; it is a directory")
            node.data = files[path]
    return nodes


def _collect_names(nodes: list[_Node]) -> tuple[bytes, dict[str, tuple[int, int]]]:
    names, offsets = bytearray(), {}
    for name in sorted({name for node in nodes for name in node.children}, key=str.encode):
        offsets[name] = (len(names), len(name.encode()))
        names += name.encode() + b"\0"
    return bytes(names), offsets


def _page(count: int) -> int:
    return -(-count // abi.ROOTFS_PAGE) * abi.ROOTFS_PAGE
