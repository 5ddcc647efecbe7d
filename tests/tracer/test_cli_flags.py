# SPDX-License-Identifier: GPL-2.0-or-later
"""The flags of the dtrace command one by one, on the instant fake of the machine."""

import json
import os
import re
import struct

import pytest

from sim import BufferKind, BufferReady, Done, Loaded, Mark
from tests.tracer.command import run
from tracer.cli.flags import REFUSED, SHORT, RefusedError, UsageError, parse_command_line
from tracer.fakes import load


@pytest.mark.parametrize("flag", sorted(REFUSED))
def test_refused_flags(machine, capfdbinary, flag):
    """Flags without a meaning here are refused in one line, with exit status 2."""
    word = {"-3": "-32", "-6": "-64"}.get(flag, flag)
    status, out, err = run(capfdbinary, word, "-n", "BEGIN")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"dtrace: {word} (")


def test_flags_are_dtraces():
    """The flags are those of dtrace(1), each with or without an argument as there."""
    published = "3:6:aAb:c:CD:ef:FGhHi:I:lL:m:n:o:Op:P:qs:SU:vVwx:X:Zd"
    letters = {part[0]: part.endswith(":") for part in re.findall("[0-9a-zA-Z]:?", published)}
    ours = {part[0]: part.endswith(":") for part in re.findall("[0-9a-zA-Z]:?", SHORT)}
    assert ours == letters


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["-y"], "illegal option -- y"),
        (["-n"], "option requires an argument -- n"),
        (["-p", "x"], "invalid pid: x"),
        (["-p", "0"], "invalid pid: 0"),
    ],
)
def test_unreadable_command_lines(argv, message):
    """What getopt(3) says of flags that are not there or lack their argument."""
    with pytest.raises(UsageError, match=message):
        parse_command_line(argv)


def test_one_thing_at_a_time():
    """Listing and the version exclude each other."""
    with pytest.raises(RefusedError, match="only one of the"):
        parse_command_line(["-lV"])


def test_order_and_arguments():
    """Specifiers keep their order over all kinds; other words are macro arguments wherever they stand."""
    line = parse_command_line(["-n", "a", "7", "-s", "b", "-P", "c", "x", "-i", "1"])
    assert line.specifiers == [("n", "a"), ("s", "b"), ("P", "c"), ("i", "1")]
    assert line.arguments == ["7", "x"]


@pytest.fixture
def traced(machine):
    """Makes the machine answer with one record of malloc's clause; returns the machine."""

    def respond(request):
        yield Loaded(10, load(request.program, [[8], [8] * 5]))
        yield Mark(20, True, 77)
        yield BufferReady(30, BufferKind.PRINCIPAL, 0, struct.pack("<IIIIq", 1, 0, 5, 0, 42), 0, 0, 0)
        yield Done(40, 0)

    machine._respond = respond
    return machine


MALLOC = ("-n", "fbt::malloc:entry { trace(arg0); }")


@pytest.mark.parametrize("flags", [["--format", "ndjson"], ["-x", "oformat=ndjson"]])
def test_json_lines(traced, capfdbinary, flags):
    """--format and the option oformat choose the same."""
    _, out, _ = run(capfdbinary, *flags, *MALLOC)
    assert json.loads(out)["output"] == [{"value": 42}]


def test_libxo(traced, capfdbinary):
    """--libxo json,pretty is one indented document."""
    _, out, _ = run(capfdbinary, "--libxo", "json,pretty", *MALLOC)
    assert json.loads(out)["dtrace"]["probes"][0]["function"] == "malloc"
    assert '      {\n        "timestamp": 5' in out


def test_json_is_not_mixed_with_the_guests_output(machine, capfdbinary):
    """In structured output what the command prints goes to standard error, unless -o takes the trace elsewhere."""
    _, out, err = run(capfdbinary, "--format", "json", *MALLOC, "-c", "dd")
    assert json.loads(out) == {"dtrace": {"probes": []}}
    assert "from the guest\n" in err


def test_flow(traced, capfdbinary):
    """-F prints the columns of flow indentation, with -q too."""
    _, out, _ = run(capfdbinary, "-F", "-q", *MALLOC)
    assert out.splitlines()[:2] == ["CPU FUNCTION" + " " * 33, f"{'  0  -> malloc':<46}42" + ""]


def test_listing_of_code(machine, capfdbinary):
    """-S writes each object's instructions to standard error."""
    status, out, err = run(capfdbinary, "-S", "-e", "-n", "BEGIN { trace(1); }")
    assert (status, out) == (0, "")
    assert "OFF OPCODE      INSTRUCTION" in err


def test_dump(machine, capfdbinary):
    """-d prints the text that is compiled, all pieces in order."""
    assert (
        run(capfdbinary, "-d", "-e", "-n", "BEGIN { trace(1); }", "-P", "dtrace")[1]
        == "BEGIN { trace(1); }\ndtrace:::\n"
    )


def test_verbose_reports_stability(machine, capfdbinary):
    """-v reports the stability of what a program uses, and with -e which probes it describes."""
    _, out, _ = run(capfdbinary, "-v", "-e", "-n", "BEGIN { trace(1); }")
    assert out.startswith("\nStability attributes for description BEGIN :\n\n\tMinimum Probe Description Attributes\n")
    assert out.endswith("\n:::BEGIN\n")


def test_verbose_list(machine, capfdbinary):
    """-lv shows stability and the types of arguments."""
    _, out, _ = run(capfdbinary, "-l", "-v", "-n", "BEGIN")
    lines = out.splitlines()
    assert lines[2:4] == ["", "\tProbe Description Attributes"]
    assert lines[-3:] == ["\tArgument Types", "\t\tNone", ""]


def test_destructive_is_announced(traced, capfdbinary):
    """-w is said, unless quiet."""
    assert "dtrace: allowing destructive actions\n" in run(capfdbinary, "-w", *MALLOC)[2]
    assert run(capfdbinary, "-qw", *MALLOC)[2] == ""


def test_environment(machine, capfdbinary):
    """setenv and unsetenv make the commands' environment, in their order; the command line wins over a script."""
    pragmas = "#pragma D option setenv=B=script\n#pragma D option setenv=D=4\n"
    settings = ["setenv=A=1", "setenv=B=x=y", "unsetenv=A", "unsetenv=never", "setenv=C"]
    flags = [word for setting in settings for word in ("-x", setting)]
    run(capfdbinary, *flags, "-n", f"{pragmas}fbt::malloc:entry {{ trace(arg0); }}", "-c", "dd")
    assert machine.requests[0].env == {"B": "x=y", "C": "", "D": "4"}


@pytest.fixture
def script(tmp_path):
    """Returns a function that writes a script and returns its name."""

    def write(text, name="x.d"):
        path = tmp_path / name
        path.write_text(text)
        return str(path)

    return write


def test_preprocessor(traced, capfdbinary, script):
    """-C runs the preprocessor over scripts: -D, -U, -I, its own names, and includes beside the script."""
    script("#define WHERE malloc\n", "where.h")
    name = script(
        '#!/usr/sbin/dtrace -Cs\n#include "where.h"\n#if defined(__SUNW_D) && N == 3 && !defined(M)\n'
        "fbt::WHERE:entry { trace(N); }\n#endif\n"
    )
    status, out, err = run(capfdbinary, "-C", "-H", "-D", "N=3", "-D", "M", "-U", "M", "-s", name)
    assert status == 0, err
    assert f"{42:>16}\n" in out
    assert any(line.endswith("where.h") for line in err.splitlines())


def test_preprocessor_knows_system_headers(machine, capfdbinary, script):
    """-C finds the headers of the system: macros, and nothing where D has the types and constants anyway."""
    name = script("#include <sys/types.h>\n#include <sys/param.h>\nBEGIN { x = MIN(MAXPATHLEN, (size_t)5); }\n")
    assert run(capfdbinary, "-e", "-C", "-s", name) == (0, "", "")


def test_a_script_keeps_its_name(machine, capfdbinary, script, monkeypatch):
    """Behind the preprocessor a script is called as it was on the command line."""
    monkeypatch.chdir(os.path.dirname(script("\n\nBEGIN { trace(nosuch); }\n")))
    _, _, err = run(capfdbinary, "-C", "-s", "x.d")
    assert err.startswith('dtrace: failed to compile script x.d: "x.d", line 3: ')


def test_preprocessor_errors(machine, capfdbinary, script):
    """What the preprocessor cannot do is told with file and line; so are errors behind it."""
    name = script('\n#include "nosuch.h"\n')
    status, _, err = run(capfdbinary, "-C", "-s", name)
    assert status == 1
    assert err == (
        f'"{name}", line 2: nosuch.h: No such file or directory\n'
        f"dtrace: failed to compile script {name}: Preprocessor failed to process input program\n"
    )
    name = script("#define X nosuch\n\n\nBEGIN { trace(X); }\n")
    status, _, err = run(capfdbinary, "-C", "-s", name)
    assert err.startswith(f'dtrace: failed to compile script {name}: "{name}", line 4: ')


def test_without_c_nothing_is_preprocessed(machine, capfdbinary, script):
    """A script with directives needs -C."""
    status, _, err = run(capfdbinary, "-s", script("#define X 1\nBEGIN { trace(X); }\n"))
    assert (status, err.startswith("dtrace: failed to compile script")) == (1, True)
