"""Documents that were made to do harm end in a record or in one clear error, within their limits, and touch nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import made
from cancu import limits, records
from cancu.commands.options import plan_files
from cancu.errors import InputError
from cancu.reading import citations
from cancu.reading.layout import plain
from cancu.reading.plan import read_file
from tests.hostile.documents import GOOD, HEAD, ROWS, documents, paragraph, table, word
from tests.pace import within

_MOST_SECONDS = 10
_ALL = list(documents())


class _Watch:
    """What Python was asked to open, or to speak with, since it began to look. An audit hook stays for good, so there is one."""

    def __init__(self) -> None:
        self.seen: list[str] | None = None
        sys.addaudithook(self._note)

    def _note(self, event: str, details: tuple[object, ...]) -> None:
        if self.seen is None:
            return
        if event == "open" and isinstance(details[0], str):
            written = isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            self.seen.append(f"{'write' if written else 'read'} {details[0]}")
        elif event.startswith(("socket.", "subprocess.", "os.system", "os.remove", "os.rename", "os.mkdir", "shutil.")):
            self.seen.append(event)

    @contextmanager
    def ing(self) -> Iterator[list[str]]:
        self.seen = []
        try:
            yield self.seen
        finally:
            self.seen = None


_WATCH = _Watch()
_OWN = tuple(
    f"read {folder}" for folder in {sys.prefix, sys.base_prefix, str(Path(limits.__file__).parents[1]), "/usr/lib", "/proc/self/statm"}
)


@pytest.mark.parametrize(("name", "data"), _ALL, ids=[name for name, _ in _ALL])
def test_ends_in_a_record_or_one_error(name: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANCU_MAX_SECONDS", str(_MOST_SECONDS))
    monkeypatch.setenv("CANCU_MAX_MEMORY_MEGABYTES", "1024")
    monkeypatch.setenv("CANCU_MAX_UNPACKED_MEGABYTES", "16")
    path = tmp_path / name
    path.write_bytes(data)
    start = time.process_time()
    with _WATCH.ing() as seen:
        try:
            written = records.dumps(read_file(path))
        except InputError as error:
            assert name in str(error)
            assert error.remedy
            assert "\n" not in str(error)
        else:
            assert records.dumps(records.loads(written)) == written
            assert b"root:" not in written
    assert time.process_time() - start < _MOST_SECONDS + 5
    assert [one for one in seen if not one.startswith((*_OWN, f"read {path}"))] == []
    assert list(tmp_path.iterdir()) == [path]


def test_ten_gigabytes_of_one_line_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.write(b"KE HOACH ")
        file.truncate(10 * 2**30)  # a file with a hole takes no room
    with pytest.raises(InputError, match="CANCU_MAX_MEGABYTES"):
        read_file(path)


def test_time_is_bounded(tmp_path: Path) -> None:
    """In a process of its own: what counts the lines that tests reach holds a lock, which an interrupt would leave shut for good."""
    path = tmp_path / "rows.md"
    path.write_text(table(20_000), "utf-8")
    script = """
import sys, time
from pathlib import Path
from cancu.errors import InputError
from cancu.reading.plan import read_file
start = time.process_time()
try:
    read_file(Path(sys.argv[1]))
except InputError as error:
    print(error)
print(time.process_time() - start)
"""
    env = os.environ | {"CANCU_MAX_SECONDS": "1"}
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True, env=env)
    refused, seconds = done.stdout.splitlines()
    assert "CANCU_MAX_SECONDS" in refused
    assert float(seconds) < _MOST_SECONDS


@pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="memory is bounded on Linux")
def test_memory_is_bounded_and_free_again(tmp_path: Path) -> None:
    """In a process of its own, which has no memory to spare from earlier tests."""
    great, good = tmp_path / "great.docx", tmp_path / "plan.docx"
    great.write_bytes(word(paragraph("x" * 2**23)))
    good.write_bytes(GOOD["plan.docx"])
    script = """
import os, sys
from pathlib import Path
from cancu.errors import InputError
from cancu.reading.plan import read_file
os.environ["CANCU_MAX_MEMORY_MEGABYTES"] = "16"
try:
    read_file(Path(sys.argv[1]))
except InputError as error:
    print(error)
del os.environ["CANCU_MAX_MEMORY_MEGABYTES"]
print(read_file(Path(sys.argv[2])).document.number)
"""
    done = subprocess.run([sys.executable, "-c", script, str(great), str(good)], capture_output=True, text=True, check=True)
    refused, number = done.stdout.splitlines()
    assert "CANCU_MAX_MEMORY_MEGABYTES" in refused
    assert number == "12/KH-UBND"


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "١"])
def test_a_limit_is_a_whole_number(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANCU_MAX_SECONDS", value)
    with pytest.raises(InputError, match="CANCU_MAX_SECONDS"):
        limits.current()


def test_devices_and_links_out_of_a_folder_are_no_documents(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a file"):
        read_file(Path("/dev/zero"))
    with pytest.raises(InputError, match="cannot be opened"):
        read_file(tmp_path / "a\0b.txt")
    inside, outside = tmp_path / "plans", tmp_path / "secret.txt"
    inside.mkdir()
    outside.write_bytes(GOOD["plan.txt"])
    (inside / "plan.txt").write_bytes(GOOD["plan.txt"])
    (inside / "same.txt").symlink_to("plan.txt")
    assert plan_files([inside]) == [inside / "plan.txt", inside / "same.txt"]
    (inside / "secret.txt").symlink_to(outside)
    with pytest.raises(InputError, match="secret"):
        plan_files([inside])


@pytest.mark.parametrize(
    "number", ["64/2007/ΝĐ-СР", "６４/２００７/NĐ-CP", "6\u200b4/2007/NĐ-\u2060CP", "\u202e64/2007/NĐ-CP\u202c", "٦٤/2007/NĐ-CP"]
)
def test_look_alikes_and_unseen_marks_in_numbers(number: str, tmp_path: Path) -> None:
    for name in ("plan.txt", "plan.html", "plan.docx"):
        text = HEAD.replace("64/2007/NĐ-CP", number)
        data = word("".join(map(paragraph, text.splitlines()))) if name == "plan.docx" else text.encode()
        (tmp_path / name).write_bytes(data if name != "plan.html" else f"<html><pre>{text}</pre></html>".encode())
        assert [cited.number for cited in read_file(tmp_path / name).cited_documents][-1:] == ["64/2007/NĐ-CP"]


def test_letters_of_other_scripts_stay_in_words_of_their_own() -> None:
    assert plain("hệ số α, β; Ω; ГОСТ Р") == "hệ số α, β; Ω; ГОСТ Р"


_PIECES = st.sampled_from(
    [*HEAD.splitlines(), *ROWS.splitlines(), "64/2007/NĐ-CP", "Quyết định số", "ngày", "(", ")", "|", "\u202e", "\x00", "С"]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=20)), max_size=30).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_any_text_is_searched_for_citations(text: str) -> None:
    for found in citations.cite(text):
        assert 1 <= found.lines[0] <= found.lines[1] <= text.count("\n") + 1


@given(name=st.sampled_from(sorted(GOOD)), cut=st.floats(0, 1), junk=st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_damage_to_a_good_file(name: str, cut: float, junk: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    data = GOOD[name]
    place = int(cut * len(data))
    path = tmp_path_factory.mktemp("damaged") / name
    path.write_bytes(data[:place] + junk + data[place + len(junk) // 2 :])
    try:
        record = read_file(path)
    except InputError as error:
        assert name in str(error)
    else:
        assert records.loads(records.dumps(record)) == record


@pytest.mark.parametrize("number", [6194, 16899, 20939])
def test_what_fuzzing_found_stays_mended(number: int, tmp_path: Path) -> None:
    name, data = made(9, number)
    (tmp_path / name).write_bytes(data)
    with suppress(InputError):
        read_file(tmp_path / name)


@pytest.mark.parametrize(
    ("heading", "before", "filler", "after"),
    [
        ("I. MỤC TIÊU", "- Đến năm 2025, tối thiểu 95% hồ sơ công việc và 80% hồ sơ", "(", "được xử lý trên môi trường mạng."),
        ("I. TỔ CHỨC THỰC HIỆN", "3. Công an tỉnh phối hợp với Sở Thông tin và Truyền thông bảo vệ các", "; 5%", "hệ thống."),
        ("I. TỔ CHỨC THỰC HIỆN", "4. Ủy ban nhân dân các huyện lập kế hoạch của địa phương trước ngày 31", ";", "tháng 01."),
        ("III. KINH PHÍ\nTổng kinh phí: 23.500 triệu đồng, trong đó:", "- Ngân sách tỉnh: ", "(", "17.500 triệu đồng."),
        ("III. KINH PHÍ", "Tổng kinh phí dự kiến 61.000 triệu đồng, gồm ngân sách", "(", "Trung ương 15.000 triệu đồng."),
    ],
)
def test_a_long_run_of_one_mark_costs_no_square_of_time(heading: str, before: str, filler: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(f"{HEAD}{heading}\n{before}{filler * (24_000 // len(filler))} {after}\n{ROWS}")
    with within(4):  # seconds; where all was gone over again at each mark, from 20 to 240
        read_file(path)
