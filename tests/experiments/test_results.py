# SPDX-License-Identifier: GPL-2.0-or-later
"""Results on disk: what is written, what survives, what is refused."""

from dataclasses import replace

import pandas as pd
import pytest

from experiments import ResultsError, ResultsWriter, Sample, Setup, Task, load, load_plan, read_results

SAMPLE = Sample(0.31, 0.01, 0.1 + 0.2, 300, 150, drops=2, output="one\ntwo\n")


def write(folder, count=3):
    """Write a directory of ``count`` runs, the last first."""
    writer = ResultsWriter(folder)
    writer.begin()
    for order in reversed(range(count)):
        writer.add(Task(order, "a", order + 1, 77 + order), SAMPLE)
    return writer


def test_a_run_is_on_disk_at_once(tmp_path):
    """After ``add`` row and output can be read back, every digit of a float included."""
    write(tmp_path / "r", 1)
    results = read_results(tmp_path / "r")
    assert results.rows[0]["setup"] == "a"
    assert results.values("a", "sys_s") == [0.1 + 0.2]
    assert results.values("a", "drops") == [2]
    assert (tmp_path / "r" / "output" / "a-0001.txt").read_text() == "one\ntwo\n"


def test_columns_are_as_promised(tmp_path):
    """The columns people rely on are there, under their names."""
    write(tmp_path)
    header = (tmp_path / "samples.csv").read_text().splitlines()[0].split(",")
    assert header[:3] == ["setup", "run", "seed"]
    assert {"real_s", "user_s", "sys_s", "cycles", "instructions", "drops", "order", "errors", "minflt"} <= set(header)


def test_finish_puts_rows_in_order(tmp_path):
    """A finished file has its rows in planned order, whichever run ended first."""
    write(tmp_path).finish()
    assert [row["order"] for row in read_results(tmp_path).rows] == ["0", "1", "2"]
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_torn_line_is_left_out(tmp_path):
    """A last line cut short at any byte is noticed and left out; the lines before it count."""
    write(tmp_path, 2)
    path = tmp_path / "samples.csv"
    whole = path.read_bytes()
    second = whole.rstrip(b"\n").rfind(b"\n") + 1
    for cut in range(second + 1, len(whole)):
        path.write_bytes(whole[:cut])
        results = read_results(tmp_path)
        assert (len(results.rows), results.torn) == (1, True)


def test_a_used_directory_is_refused(tmp_path):
    """Samples are never overwritten or mixed."""
    write(tmp_path).close()
    with pytest.raises(ResultsError, match="already holds samples"):
        ResultsWriter(tmp_path).begin()


def test_one_writer_at_a_time(tmp_path):
    """A second runner on the same directory is refused while the first is at work."""
    writer = write(tmp_path)
    with pytest.raises(ResultsError, match="another run is writing there"):
        ResultsWriter(tmp_path)
    writer.close()
    ResultsWriter(tmp_path).close()


def test_damaged_files_are_noticed(tmp_path):
    """A changed byte in a line is found by its checksum, a changed output by the line's; both are run again."""
    plan = replace(load_plan("lecture3-mutex"), setups=(Setup("a"),), runs=3)
    write(tmp_path).close()
    path = tmp_path / "samples.csv"
    path.write_text(path.read_text().replace("0.30000000000000004", "0.40000000000000004", 1))
    (tmp_path / "output" / "a-0001.txt").write_text("one\n")
    results = read_results(tmp_path)
    assert (results.bad, [row["run"] for row in results.rows]) == ([2], ["2", "1"])
    assert ResultsWriter(tmp_path, plan).resume() == {("a", 2)}
    assert [row["run"] for row in read_results(tmp_path).rows] == ["2"]


def test_samples_as_a_frame(tmp_path):
    """``load`` gives numbers as numbers, in planned order, and the Parquet file holds the same."""
    writer = write(tmp_path)
    writer.finish()
    frame = load(tmp_path)
    assert list(frame["order"]) == [0, 1, 2]
    assert frame["sys_s"].dtype == "float64"
    assert frame["sys_s"][0] == 0.1 + 0.2
    assert "crc" not in frame.columns
    frame.attrs = {}
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "samples.parquet"), frame)


def test_failures_are_kept_apart(tmp_path):
    """A failed run is not among the samples, but it is told."""
    write(tmp_path).fail(Task(9, "b", 1, 5), 'died, "badly"')
    results = read_results(tmp_path)
    assert results.failures == [{"setup": "b", "run": "1", "seed": "5", "order": "9", "reason": 'died, "badly"'}]
    assert results.setups == ["a"]


def spoil_missing(folder):
    (folder / "samples.csv").unlink()


def spoil_header(folder):
    (folder / "samples.csv").write_text("a,b\n1,2\n")


def spoil_binary(folder):
    (folder / "samples.csv").write_bytes(b"\xff\xfe\n")


def spoil_metadata(folder):
    (folder / "metadata.json").write_text("{")


SPOILT = {
    spoil_missing: "is not a results directory \\(samples.csv is expected",
    spoil_header: "no column 'setup'",
    spoil_binary: "not a text file",
    spoil_metadata: "metadata.json: ",
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_spoilt_directories(spoil, tmp_path):
    """A directory that is not what we wrote is refused in one line that names the file."""
    write(tmp_path)
    spoil(tmp_path)
    with pytest.raises(ResultsError, match=SPOILT[spoil]):
        read_results(tmp_path)


def test_unwritable_places(tmp_path):
    """Where no directory can be made, the message names it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ResultsError, match="file"):
        ResultsWriter(tmp_path / "file" / "r")
    with pytest.raises(ResultsError, match="no such directory"):
        read_results(tmp_path / "none")


def test_full_disk(tmp_path):
    """When the disk is full the message says so, and no half file replaces a whole one."""
    writer = write(tmp_path)
    (tmp_path / "samples.csv").unlink()
    (tmp_path / "samples.csv").symlink_to("/dev/full")
    with pytest.raises(ResultsError, match=r"samples.csv: No space left on device"):
        writer.add(Task(4, "a", 5, 6), SAMPLE)
