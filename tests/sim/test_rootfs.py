# SPDX-License-Identifier: GPL-2.0-or-later
"""The root image against a reader written from its header."""

import pytest

from sim import abi
from sim.errors import LoadError
from sim.rootfs import pack


def unpack(image):
    """Return path to contents (None for directories) by walking the image as the kernel does."""
    magic, version, total, count, inodes, _, _, _ = abi.ROOTFS_SUPER.unpack_from(image)
    assert (magic, version, total) == (abi.ROOTFS_MAGIC, abi.ROOTFS_VERSION, len(image))
    found = {}

    def walk(path, number, parent):
        assert 0 < number < count
        mode, _, size, data, up, *_ = abi.ROOTFS_INODE.unpack_from(image, inodes + number * abi.ROOTFS_INODE.size)
        assert up == parent
        if mode & 0xF000 == abi.ROOTFS_IFREG:
            assert data % abi.ROOTFS_PAGE == 0
            found[path] = image[data : data + size]
            return
        found[path or "/"] = None
        names = []
        for offset in range(data, data + size, abi.ROOTFS_DIRENT.size):
            child, name, length, _ = abi.ROOTFS_DIRENT.unpack_from(image, offset)
            assert image[name + length] == 0
            names.append(image[name : name + length])
            walk(f"{path}/{names[-1].decode()}", child, number)
        assert names == sorted(names)

    walk("", abi.ROOTFS_ROOT, abi.ROOTFS_ROOT)
    return found


def test_files_come_out_as_they_went_in():
    """Every file is found by name with its bytes; directories and mount points are there."""
    files = {"/bin/dd": b"x" * 5000, "/bin/a": b"", "/usr/share/misc/words": b"w" * 4096, "/b": b"1"}
    found = unpack(pack(files))
    assert {path: data for path, data in found.items() if data is not None} == files
    assert {path for path, data in found.items() if data is None} == {
        "/", "/bin", "/dev", "/tmp", "/usr", "/usr/share", "/usr/share/misc",
    }  # fmt: skip


def test_the_image_depends_on_the_files_only():
    """The same files in another order give the same bytes, a whole number of pages."""
    one, two = pack({"/a": b"1", "/b/c": b"2"}), pack({"/b/c": b"2", "/a": b"1"})
    assert one == two
    assert len(one) % abi.ROOTFS_PAGE == 0


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"bin/dd": b""}, "expected an absolute path"),
        ({"/": b""}, "expected an absolute path"),
        ({"/a/../b": b""}, "expected an absolute path"),
        ({"/" + "n" * 256: b""}, "at most 255 bytes"),
        ({"/a": b"", "/a/b": b""}, "a is a file, not a directory"),
    ],
)
def test_bad_paths_are_refused(files, message):
    """Paths the kernel could not look up are a LoadError naming them."""
    with pytest.raises(LoadError, match=message):
        pack(files)
