"""Search: one table folds in Python and in the script, and the script finds what Python indexed."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancu import resources
from cancu.website import search
from cancu.website.search import Entry

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="node is not installed: the script's half of search is not tested")
SCRIPT = resources.SITE / "static" / "search.js"
SAMPLES = [
    "Nghị định số 64/2007/NĐ-CP",
    "ĐẶNG Ưu ợ Ƣ",
    "Ủy ban nhân dân tỉnh Hòa Sơn",
    "a\u0323\u0302 quốc-gia’s",
    "İstanbul ǅ",
    "",
    "  1 . 2 ",
]
ENTRIES = [
    Entry("van-ban/64.html", "Nghị định", "Nghị định 64/2007/NĐ-CP", "ứng dụng công nghệ thông tin", "64/2007/NĐ-CP", 6),
    Entry("van-ban/102.html", "Nghị định", "Nghị định 102/2009/NĐ-CP", "đầu tư ứng dụng công nghệ thông tin", "102/2009/NĐ-CP", 6),
    Entry("van-ban/luat.html", "Luật", "Luật Công nghệ thông tin", "", "67/2006/QH11", 6),
    Entry("du-an/1.html", "Dự án", "Xây dựng nền tảng tích hợp dữ liệu", "", "", 5),
    Entry("du-an/2.html", "Dự án", "Đào tạo cán bộ công nghệ", "", "", 5),
    Entry("du-an/3.html", "Dự án", "Thông tin của nghệ nhân, công bố", "", "", 5),
]


def node(script: str, folder: Path, *arguments: str) -> object:
    """What a script prints as JSON; it has the search script as `search` and the shards of the folder by `load`."""
    prelude = f"""
      const fs = require("fs"), search = require({json.dumps(str(SCRIPT))});
      const load = async (name) => {{
        let value;
        globalThis.cancuSearch = (_, found) => {{ value = found; }};
        const file = name === "index" ? name : /^e\\d/.test(name) ? `e-${{name.slice(1)}}` : `t-${{name}}`;
        (0, eval)(fs.readFileSync({json.dumps(str(folder))} + `/${{file}}.js`, "utf8"));
        return value;
      }};
      const argument = JSON.parse(process.argv[1]);
    """
    done = subprocess.run(
        [NODE or "node", "-e", prelude + script, json.dumps(arguments)], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module", params=[1, 10_000], ids=["large", "small"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index, sharded as a large one is, and as a small one is."""
    out = tmp_path_factory.mktemp("index")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_LARGE", request.param)
        search.write(ENTRIES, out)
    return out


@needs_node
def test_both_halves_fold_alike(tmp_path: Path) -> None:
    script = "console.log(JSON.stringify(argument.map((text) => [search.cancuFold(text, table), search.cancuWords(text, table)])))"
    table = f"const table = {json.dumps(search.folding())};"
    theirs = node(table + script, tmp_path, *SAMPLES)
    assert theirs == [[search.fold(text), search._WORD.findall(search.fold(text))] for text in SAMPLES]


@needs_node
def test_both_halves_shard_alike(tmp_path: Path) -> None:
    words = [*sorted(search.tokens("Nghị định 64/2007/NĐ-CP của Chính phủ, a b c")), "642007ndcp"]
    script = "console.log(JSON.stringify([1, 2].map((width) => argument.map((word) => search.cancuShard(word, width)))))"
    assert node(script, tmp_path, *words) == [[search.shard(word, width) for word in words] for width in (1, 2)]


FIRST = {
    "64/2007/nd-cp": "van-ban/64.html",
    "64 2007 nd cp": "van-ban/64.html",
    "64/2007/NĐCP": "van-ban/64.html",
    "nghị định 64/2007": "van-ban/64.html",
    "nghi dinh 102": "van-ban/102.html",
    "67/2006": "van-ban/luat.html",
    "NỀN TẢNG": "du-an/1.html",
    "nền tảng tí": "du-an/1.html",
    "dao tao": "du-an/2.html",
    "ĐÀO": "du-an/2.html",
    "luật công nghệ thông tin": "van-ban/luat.html",
    "cong nghe thong ti": "van-ban/luat.html",
}
NOTHING = ("", "   ", "không-có-gì", "nghị thưởng", "<script>", "../../etc", "__proto__ constructor")


@pytest.fixture(scope="module")
def found(index: Path) -> dict[str, list[str]]:
    """What each query finds, asked in one process."""
    script = """
      const index = new search.CancuIndex(load);
      Promise.all(argument.map((query) => index.find(query)))
        .then((all) => console.log(JSON.stringify(all.map((one) => one.hits.map((hit) => hit.address)))));
    """
    queries = [*FIRST, *NOTHING]
    answers = node(script, index, *queries)
    assert isinstance(answers, list)
    return dict(zip(queries, answers, strict=True))


@needs_node
@pytest.mark.parametrize("query", FIRST)
def test_finds_it_first(found: dict[str, list[str]], query: str) -> None:
    assert found[query][:1] == [FIRST[query]]


@needs_node
@pytest.mark.parametrize("query", NOTHING)
def test_finds_nothing_quietly(found: dict[str, list[str]], query: str) -> None:
    assert found[query] == []


def test_the_index_is_the_same_whatever_the_order(tmp_path: Path) -> None:
    search.write(ENTRIES, tmp_path / "a")
    search.write(reversed(ENTRIES), tmp_path / "b")
    mine = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    assert mine == {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()}


def test_a_page_more_changes_few_files(tmp_path: Path) -> None:
    many = [Entry(f"du-an/{i}.html", "Dự án", f"Dự án thứ {i} của sở {i % 7}", "", "", 5) for i in range(900)]
    one = Entry("du-an/moi.html", "Dự án", "Nâng cấp cổng", "", "", 5)
    search.write(many, tmp_path / "a")
    search.write([*many, one], tmp_path / "b")
    before = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    after = {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()}
    changed = {name for name in after if after[name] != before.get(name)}
    entries = f"e-{search.slots([*(entry.address for entry in many), one.address])[one.address] // search._CHUNK}.js"
    assert changed - {"index.js"} == {entries, *(f"t-{search.shard(token, 1)}.js" for token in search.tokens(one.title))}


@given(st.sets(st.text("abc/", min_size=1, max_size=4), max_size=30))
def test_every_address_has_a_slot_of_its_own(addresses: set[str]) -> None:
    found = search.slots(addresses)
    assert found.keys() == addresses
    assert len(set(found.values())) == len(addresses)


@given(st.sets(st.integers(0, 10**7), max_size=40))
def test_slots_are_packed_and_unpacked(slots: set[int]) -> None:
    assert search.unpacked(search._packed(slots)) == sorted(slots)


def test_a_title_cannot_end_the_script(tmp_path: Path) -> None:
    search.write([Entry("a.html", "x", "</script><script>alert(1)</script>")], tmp_path)
    assert all("</script" not in path.read_text(encoding="utf-8") for path in tmp_path.iterdir())


@given(st.text(max_size=60))
def test_tokens_are_safe_as_file_names(text: str) -> None:
    for token in search.tokens(text):
        assert all(search.shard(token, width).isascii() and search.shard(token, width).isalnum() for width in (1, 2))


@given(st.text(alphabet="ăâđêôơưĂÂĐÊÔƠƯáàảãạ bcđ", max_size=40))
def test_folding_is_done_once(text: str) -> None:
    assert search.fold(search.fold(text)) == search.fold(text)
    assert search.fold(text).isascii()


def test_an_index_over_an_earlier_one_is_that_of_a_clean_run(tmp_path: Path) -> None:
    dice = random.Random(2)
    words = ("dự", "án", "nền", "tảng", "tích", "hợp", "dữ", "liệu", "nghị", "định", "trung", "tâm")
    entries = {
        f"trang/{n}.html": Entry(f"trang/{n}.html", "dự án", " ".join(dice.choices(words, k=4)), "", f"{n}/KH", 5) for n in range(300)
    }
    search.write(entries.values(), tmp_path / "0")
    for step in range(1, 5):
        old = list(entries.values())
        for address in dice.sample(sorted(entries), 3):
            del entries[address]
        for address in (*dice.sample(sorted(entries), 3), f"mới/{step}.html"):
            entries[address] = Entry(address, "văn bản", " ".join(dice.choices(words, k=3)) + f" số {step}", "", "", step)
        names = search.write(entries.values(), tmp_path / f"part-{step}", search.Index(old, tmp_path / f"{step - 1}"))
        search.write(entries.values(), tmp_path / f"{step}")
        whole, part, last = (
            {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in (f"{step}", f"part-{step}", f"{step - 1}")
        )
        assert {name: part.get(name) or last[name] for name in names} == whole
        assert len(part) < len(whole)
