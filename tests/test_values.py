"""Numbers, money and periods."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancu.reading import values
from tests.pace import within


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("1.500", ",", "1500"),
        ("61.5.5.500", ".", "6155500"),
        ("61.5.5.500", ",", "6155500"),
        ("1.500", ".", "1.500"),
        ("185,083", ",", "185.083"),
        ("8,600", ".", "8600"),
        ("38.39", ",", "38.39"),
        ("10.0", ",", "10.0"),
        ("0.320", ",", "0.320"),
        ("1.500.000.000", ",", "1500000000"),
        ("1,500,000", ",", "1500000"),
        ("1.500.0000.000", ",", "1500000000"),
        ("1.234,5", ".", "1234.5"),
        ("1,234.5", ",", "1234.5"),
        ("1 500 000", ",", "1500000"),
        ("7000", ",", "7000"),
        ("(12)", ",", "12"),
        ("0", ",", "0"),
        ("-3,5", ",", "-3.5"),
        ("+3,5", ",", "3.5"),
        ("-0,320", ".", "-0.320"),
        ("1234,500", ".", "1234.500"),
        ("12 *", ",", "12"),
        ("9" * 40, ",", "9" * 40),
        ("5 tỷ", ",", "5"),
        ("5 tỉ đồng", ",", "5"),
        ("12 triệu VNĐ", ",", "12"),
        ("12 triệu VND", ",", "12"),
        ("12 triệu đ", ",", "12"),
        ("7 nghìn đồng", ",", "7"),
        ("7 ngàn", ",", "7"),
        ("100 đồng", ",", "100"),
        ("100 VNĐ", ",", "100"),
        ("100 VND", ",", "100"),
        ("100đ", ",", "100"),
    ],
)
def test_numbers(text: str, mark: values.DecimalMark, number: str) -> None:
    assert values.parse_number(text, mark) == Decimal(number)


@pytest.mark.parametrize("text", ["", "-", "abc", "2021-2025", "12a", "1..5", "Quý 3", "5%", "12 5", "tỷ", "7" * 41])
def test_what_is_no_number(text: str) -> None:
    assert values.parse_number(text) is None
    assert not values.is_number(text)


def test_more_digits_than_any_amount_has_are_no_number() -> None:
    assert values.parse_number("9" * 41) is None


def test_a_sign_belongs_to_its_sum() -> None:
    assert [amount.amount_vnd for amount in values.money("giảm -5 tỷ đồng, +3 triệu đồng")] == [-5_000_000_000, 3_000_000]


@given(st.integers(0, 10**15), st.sampled_from([",", "."]))
def test_a_whole_number_with_groups_reads_back(number: int, mark: values.DecimalMark) -> None:
    thousands = "." if mark == "," else ","
    assert values.parse_number(f"{number:,}".replace(",", thousands), mark) == number


@given(st.decimals(0, 10**9, places=2), st.sampled_from([",", "."]))
def test_a_decimal_reads_back(number: Decimal, mark: values.DecimalMark) -> None:
    other = "." if mark == "," else ","
    written = f"{number:,.2f}".replace(",", "_").replace(".", mark).replace("_", other)
    assert values.parse_number(written, mark) == number


@given(st.lists(st.decimals(0, 10**4, places=1), min_size=1, max_size=20), st.sampled_from([",", "."]))
def test_the_convention_of_decimals_is_found(numbers: list[Decimal], mark: values.DecimalMark) -> None:
    assert values.decide_convention([f"{number:.1f}".replace(".", mark) for number in numbers]) == mark


@given(st.text(max_size=40) | st.text("0123456789.,-+ ", max_size=16))
def test_no_text_breaks_a_reader(text: str) -> None:
    assert values.is_number(text) == (values.parse_number(text, ",") is not None) == (values.parse_number(text, ".") is not None)
    values.money(text)
    values.unit_factor(text)
    period = values.period(text)
    assert period is None or any(year is not None for year in period)


@pytest.mark.parametrize(
    ("samples", "unit", "mark"),
    [
        (["8,600", "50", "36,650"], "triệu đồng", "."),
        (["185.083", "15", "38.39"], "tỷ đồng", "."),
        (["8,825", "10.0", "11,5", "61,325", "0,7"], "tỷ đồng", ","),
        (["61,325", "8,825"], "tỷ đồng", ","),
        (["1.500", "900"], "triệu đồng", ","),
        (["12.500.000", "8.000.000"], "đồng", ","),
        (["900", "", "Ghi chú"], None, ","),
        (["900"], "tỷ đồng", ","),
        (["10.0", "8.600"], None, "."),
        (["10,0", "8,600"], None, ","),
        (["1,500,000", "8,600"], "tỷ đồng", "."),
        (["1.500.000", "8.600"], "tỷ đồng", ","),
        (["1.500.000", "8.60", "9.61"], None, "."),
        (["1,500,000", "8,60", "9,61"], None, ","),
        (["1,500,000", "2,500,000", "8,60"], None, "."),
        (["2.350", "3.680", "1.2500"], "triệu đồng", ","),
        (["2,350", "1,2500"], "triệu đồng", "."),
        (["1.2500", "940"], "triệu đồng", "."),
        (["276.000", "12.8000", "42.000"], "nghìn đồng", ","),
        (["2.3125", "4.125", "3.25"], "tỷ đồng", "."),
        (["8,600"], None, "."),
        (["8.600"], "tỷ đồng", "."),
        ([], None, ","),
    ],
)
def test_conventions(samples: list[str], unit: str | None, mark: str) -> None:
    assert values.decide_convention(samples, unit) == mark


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Tổng kinh phí: 185,083 tỷ đồng", [185_083_000_000]),
        ("gồm 26.162 triệu đồng và 403 triệu đồng", [26_162_000_000, 403_000_000]),
        ("vốn khác 42,16 tỷ", [42_160_000_000]),
        ("năm 2010: 14 tỷ 850 triệu đồng; 14 tỷ đồng 850 triệu đồng", [14_850_000_000, 14_000_000_000, 850_000_000]),
        ("1.500.000.000 đồng; 500,000 đồng", [1_500_000_000, 500_000]),
        ("giao 36 tỷ (90%), 12 trđ, 7 nghìn đồng", [36_000_000_000, 12_000_000, 7_000]),
        ("14 tỷ 1.000 triệu đồng", [14_000_000_000, 1_000_000_000]),
        ("41.6500 triệu đồng; 46.273 tỷ đồng", [41_650_000_000, 46_273_000_000_000]),
        ("5 triệu đồng; 14 tỷ 850 triệu đồng", [5_000_000, 14_850_000_000]),
        ("3 triệu người dùng, 5 đồng bộ, 12 tỷ lệ, năm 2021 triển khai", []),
    ],
)
def test_money_in_a_sentence(text: str, amounts: list[int]) -> None:
    found = values.money(text)
    assert [amount.amount_vnd for amount in found] == amounts
    for amount in found:
        assert values.unit_factor(text[amount.start : amount.end])
        assert text[amount.start].isdigit()


@pytest.mark.parametrize("part", ["1", "1.1", "-1", "1 ", "1" + 90 * " ", "1 tỷ ", "9.999.", "đ"])
def test_money_takes_time_that_grows_with_the_text(part: str) -> None:
    text = part * (50_000 // len(part))
    with within(4):
        values.money(text)


@pytest.mark.parametrize(
    ("text", "name", "factor"),
    [
        ("Đơn vị tính: triệu đồng", "triệu đồng", 10**6),
        ("ĐVT: tỷ đồng", "tỷ đồng", 10**9),
        ("Đơn vị: 1.000 đồng", "1.000 đồng", 10**3),
        ("triệu VNĐ", "triệu VNĐ", 10**6),
        ("Đơn vị thực hiện", None, None),
    ],
)
def test_units(text: str, name: str | None, factor: int | None) -> None:
    assert (values.unit_name(text), values.unit_factor(text)) == (name, factor)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2018-2020", (2018, 2020)),
        ("2013 - 2014", (2013, 2014)),
        ("2021-25", (2021, 2025)),
        ("2014", (2014, 2014)),
        ("năm 2018", (2018, 2018)),
        ("Quý III Năm 2026", (2026, 2026)),
        ("Quý IV/2025- Quý II/2026", (2025, 2026)),
        ("Quí IV-2025", (2025, 2025)),
        ("Tháng 6/2024", (2024, 2024)),
        ("01/2024 - 12/2025", (2024, 2025)),
        ("từ năm 2024 đến năm 2026", (2024, 2026)),
        ("Đến năm 2025", (None, 2025)),
        ("Trước 31/12/2025", (None, 2025)),
        ("2021 − 2025", (2021, 2025)),
        ("Từ 2025 trở đi", (2025, None)),
        ("2024, 2025", (2024, 2025)),
        ("Xong trong tháng 5/2026", (2026, 2026)),
        ("1998-2003", (1998, 2003)),
        ("2018 đến 2020", (2018, 2020)),
        ("2018 đến hết năm 2020", (2018, 2020)),
        ("2018 tới 2020", (2018, 2020)),
        ("2018 đến tháng 6/2020", (2018, 2020)),
        ("2018 - hết quý 2, 2020", (2018, 2020)),
        ("2018 - Quí 2 2020", (2018, 2020)),
        ("năm 2018 - năm 2020", (2018, 2020)),
        ("1/6/2018 - 31/12/2020", (2018, 2020)),
        ("12018-2020", (2020, 2020)),
        ("2018-2020 và 2016-2017", (2016, 2020)),
        ("trước năm 2025", (None, 2025)),
        ("tới hết năm 2025", (None, 2025)),
        ("đến ngày 31/12/2025", (None, 2025)),
        ("đến tháng 6/2025", (None, 2025)),
        ("đến 2025", (None, 2025)),
        ("2018 đến 31/12/2020", (2018, 2020)),
        ("sau năm 2025 trở đi", (2025, None)),
        ("Từ năm 2025", (2025, None)),
        ("Năm 2025 và các năm tiếp theo", (2025, None)),
        ("1.2020", None),
        ("2020.5", None),
        ("5 2020", None),
        ("6/20201", None),
        ("20201", None),
        ("Thường xuyên", None),
        ("", None),
    ],
)
def test_periods(text: str, period: tuple[int | None, int | None] | None) -> None:
    assert values.period(text) == period


def test_a_nought_too_many_or_too_few_is_noticed() -> None:
    assert values.is_damaged("1.500.0000.000")
    assert values.is_damaged("120.00.000")
    assert values.is_damaged("120,00,000")
    assert not values.is_damaged("1.500.000.000")
    assert not values.is_damaged("120.00.0000")


@pytest.mark.parametrize(
    ("text", "misgrouped"),
    [
        ("120.05.000", True),
        ("120,05,000", True),
        ("-120.05.000", True),
        ("1.000.05", True),
        ("120.05", False),  # a decimal
        ("120.000,5", False),  # two marks, each with its own task
        ("12.000.000", False),
        ("3.40.0", True),  # a mark within the group
        ("12,65,0", True),
        ("3.3.00", True),
        ("1.2.3", False),
        ("1.1.12", False),
        ("12.5.2021", False),
        ("120.05.05", False),  # no group of three after the first
        ("1200.05.000", False),
        ("x.05.000", False),
        ("", False),
    ],
)
def test_groups_of_three_and_others_are_noticed(text: str, misgrouped: bool) -> None:
    assert values.is_misgrouped(text) is misgrouped


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("11.20\n0", "11.200"),
        ("37,7\n5", "37,75"),
        ("1.500.\n000", "1.500.000"),
        ("II\nI", "III"),
        ("TỔ\nNG\nCỘ\nNG", "TỔNG CỘNG"),
        ("Tổng\ncộng", "Tổng cộng"),
        ("Tổn\ng", "Tổng"),
        ("Cộ\nng", "Cộng"),
        ("1,500.\n25", "1,500.25"),
        ("1.500,\n25", "1.500,25"),
        ("1,500,\n000", "1,500,000"),
        ("I\nX", "IX"),
        ("XI\nV", "XIV"),
        ("V\nI", "VI"),
        ("II\nII", "II\nII"),
        ("2.000\n3.000", "2.000\n3.000"),
        ("10\n5", "10\n5"),
        ("Sở\nNội vụ", "Sở\nNội vụ"),
    ],
)
def test_what_a_narrow_column_broke(text: str, whole: str) -> None:
    assert values.unbroken(text) == whole
