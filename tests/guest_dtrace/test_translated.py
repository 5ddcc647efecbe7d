# SPDX-License-Identifier: GPL-2.0-or-later
"""The probes' arguments as scripts see them: typed, translated by tracer/lib, from the kernel's own structures."""

import pytest

from sim import Machine, load_config
from tracer import Session

pytestmark = pytest.mark.guest

DD = "dd if=/dev/zero of=/dev/null bs=64k count=3 status=none"


@pytest.fixture(scope="module")
def trace():
    """Returns the lines that a script prints while a command runs."""
    machine = Machine(load_config(overrides={"kernel.unwind": "static"}), timed=False)
    machine.boot()
    session = Session(machine)

    def run(script, command=DD):
        result = session.run(command, session.compile("#pragma D option quiet\n" + script), seed=1)
        assert not result.errors
        return [line for line in result.output.splitlines() if line]

    return run


def test_the_current_process_and_thread(trace):
    """curpsinfo has the program's name and its arguments with blanks between them; the thread is the running one."""
    script = """
        proc:::exec-success {
            printf("%s|%s|%d %d|%d %c", curpsinfo->pr_fname, curpsinfo->pr_psargs, curpsinfo->pr_pid == pid,
                curpsinfo->pr_ppid == ppid, curlwpsinfo->pr_lwpid == tid, curlwpsinfo->pr_sname);
        }
    """
    assert trace(script) == [f"dd|{DD}|1 1|1 O"]


def test_signals_name_their_receiver(trace):
    """The end of dd is a signal from dd to dtrace, which is asleep or about to be."""
    script = 'proc:::signal-send { printf("%s %s %d", execname, args[1]->pr_fname, args[2] == SIGCHLD); }'
    assert trace(script) == ["dd dtrace 1"]


def test_a_new_process_has_its_parent(trace):
    """create's first argument is the child, its second the parent: the process that forks."""
    script = 'proc:::create { printf("%s %d %d", args[0]->pr_fname, args[1]->pr_pid == pid, args[0]->pr_ppid == pid); }'
    assert trace(script, "time true") == ["time 1 1"]


def test_threads_and_cpus(trace):
    """The scheduler's probes know the thread, its process and the one CPU."""
    script = """
        sched:::enqueue /args[1]->pr_fname == "dtrace"/
        { printf("%d %d", args[2]->cpu_id, args[0]->pr_lwpid > 0); exit(0); }
    """
    assert trace(script) == ["0 1"]


def test_a_files_transfers(trace):
    """A file's reads are transfers of the memory disk with the file's path and the bytes of the file in all."""
    script = """
        io:::start /args[2]->fi_pathname == "/bin/cat" && args[0]->b_bcount != 4096/
        { printf("%s %s %s %s", args[1]->dev_statname, args[2]->fi_name, args[2]->fi_fs,
            args[0]->b_flags & B_READ ? "R" : "W"); }
        io:::done /args[0]->b_error || args[0]->b_resid/ { printf("failed"); }
    """
    assert trace(script, "cat /bin/cat") == ["md0 cat rootfs R"]


def test_open_files_by_descriptor(trace):
    """fds[] gives path, file system and access mode of an open file, and says so of one that is not open."""
    script = """
        syscall::write:entry /execname == "dd"/
        { printf("%s %s %d %s", fds[args[0]].fi_pathname, fds[args[0]].fi_fs, fds[3].fi_oflags & O_ACCMODE,
            fds[60].fi_pathname); }
    """
    assert trace(script) == ["/dev/null devfs 0 <none>" * 3]


def test_function_arguments_have_their_types(trace):
    """fbt: parameters by their types at entry, the offset and the result at return."""
    script = """
        fbt::malloc:entry { printf("%s ", stringof(args[1]->ks_shortdesc)); }
        fbt::malloc:return { printf("%d %d;", args[0] > 0, (uintptr_t)args[1] > 0xc0000000); }
    """
    assert trace(script) == ["temp 1 1;temp 1 1;proc-args 1 1;"]


def test_vnode_operations_have_their_structures(trace):
    """vfs: the structure of arguments leads to the uio; namei's path is a string."""
    script = """
        vfs::vop_read:entry
        { this->uio = args[1]->a_uio; printf("%s %d;", stringof(args[0]->v_path), this->uio->uio_resid); }
        vfs:namei:lookup:return /args[0] == ENOENT/ { printf("none;"); }
    """
    assert trace(script, "cat /none") == ["/lib/libc.so.7 1024;none;"]


def test_the_holder_is_dtrace(trace):
    """In BEGIN and END the program is dtrace, by execname and by the kernel's structures."""
    script = 'BEGIN, END { printf("%s %s;", execname, stringof(curthread->td_proc->p_comm)); }'
    assert trace(script) == ["dtrace dtrace;" * 2]


def test_native_members_of_translated_arguments(trace):
    """What the published type has not is taken of the kernel's own structure, as FreeBSD's scripts expect it."""
    script = "io:::start { @[args[1]->device_name, args[0]->bio_bcount == args[0]->b_bcount] = count(); }"
    assert trace(script)[0].split()[:2] == ["md", "1"]
    script = "sched:::dequeue /args[0] != NULL/ { @[args[0]->td_proc->p_pid == args[1]->pr_pid] = count(); }"
    assert [line.split()[0] for line in trace(script)] == ["1"]


def test_clauses_for_probes_of_different_arguments(trace):
    """args[1] is vop_read's in one description and vop_write's in the other."""
    script = """
        vfs::vop_read:entry, vfs::vop_write:entry /args[1]->a_uio->uio_resid == 1000/
        { printf("%s %d", probefunc, args[1]->a_uio->uio_resid); }
    """
    command = "dd if=/bin/dd of=/dev/null bs=1000 count=1 status=none"
    assert trace(script, command) == ["vop_read 1000"]


def test_calls_that_the_kernel_has_not_can_be_named(trace):
    """Scripts may name FreeBSD's calls for sockets or files to be changed: their probes exist and do not fire."""
    script = "syscall::send*:entry, syscall::setuid:entry, syscall::aio_read:return { n++; } END { trace(n); }"
    assert trace(script)[0].split() == ["0"]


def test_what_file_systems_do(trace):
    """fsinfo has each operation with its file and the bytes moved, of devices too; opened files are closed."""
    script = """
        fsinfo:::read, fsinfo:::write /execname == "dd"/
        { @[probename, args[0]->fi_fs, args[0]->fi_pathname] = sum(arg1); }
        fsinfo:::open, fsinfo:::close /args[0]->fi_fs == "devfs" && execname == "dd"/
        { @n[args[0]->fi_name, probename] = count(); }
        fsinfo:::ioctl /args[0]->fi_name == "dd"/ { @i = count(); }
    """
    lines = sorted(line.split() for line in trace(script))
    assert ["read", "devfs", "/dev/zero", str(3 * 65536)] in lines
    assert ["write", "devfs", "/dev/null", str(3 * 65536)] in lines
    assert [line for line in lines if line[0] in ("null", "zero")] == [
        [name, what, "1"] for name in ("null", "zero") for what in ("close", "open")
    ]


def test_closing_a_file_goes_through_its_file_system(trace):
    """Every vnode that is closed has been opened, and says so to the vfs provider."""
    script = 'vfs::vop_close:entry, vfs::vop_open:entry /execname == "dd"/ { @[probefunc] = count(); }'
    counts = dict(line.split() for line in trace(script))
    assert counts["vop_open"] == counts["vop_close"]


def test_names_are_cached(trace):
    """A name is asked of the file system once; then the cache knows where it leads, or that it leads nowhere."""
    script = """
        vfs:namecache:lookup:hit, vfs:namecache:lookup:hit-negative, vfs:namecache:enter*: /execname == "cat"/
        { @[probefunc, probename, stringof(arg1)] = count(); }
        vfs::vop_cachedlookup:entry /execname == "cat"/ { @asked = count(); }
    """
    lines = [line.split() for line in trace(script, "cat /nosuch /nosuch /lib/nothing /lib/nothing /lib/nothing")]
    assert ["enter_negative", "done", "nosuch", "1"] in lines
    assert ["lookup", "hit-negative", "nosuch", "1"] in lines
    assert ["lookup", "hit-negative", "nothing", "2"] in lines
    entered = sum(int(line[-1]) for line in lines if line[0].startswith("enter"))
    assert lines[-1] == [str(entered)] or [str(entered)] in lines


def test_directories_know_their_names(trace):
    """A directory that was looked up leads to its entry in the name cache."""
    script = """
        vfs:namecache:lookup:hit /args[0]->v_cache_dd != NULL && execname == "cat"/
        { printf("%s/%s", stringof(args[0]->v_cache_dd->nc_name), stringof(args[1])); }
    """
    assert "lib/libc.so.7" in trace(script, "cat /lib/nothing")


def test_the_name_of_a_thread_is_all_of_it(trace):
    """After exec nothing of the name before is left behind the new one."""
    script = "proc:::exec-success { @[curthread->td_name, curthread->td_proc->p_comm] = count(); }"
    assert trace(script)[0].split() == ["dd", "dd", "1"]
