"""The picture that other sites show beside a link to this one: the question and the figures of the data, in the pages' own typeface."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from cancu.website import drawing

_SIZE, _MARGIN = (1200, 630), 90
_PAPER, _INK, _SOFT, _SEAL = "#fbfaf7", "#1b2330", "#566071", "#9b1c1c"
_SUBSETS = ("latin", "vietnamese")
_TOLD = "Description"  # under which the file has the words that it shows


@cache
def _fonts(folder: Path, weight: int, size: int) -> tuple[ImageFont.FreeTypeFont, ...]:
    return tuple(ImageFont.truetype(folder / f"be-vietnam-pro-{subset}-{weight}-normal.woff2", size) for subset in _SUBSETS)


def _write(draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, fonts: Sequence[ImageFont.FreeTypeFont], colour: str) -> None:
    """Writes a line letter by letter: those with Vietnamese marks are in a file of their own."""
    latin, vietnamese = fonts
    x, y = place
    for letter in text:
        font = latin if ord(letter) < 0x100 or ord(letter) > 0x2000 else vietnamese
        draw.text((x, y), letter, font=font, fill=colour)
        x += font.getlength(letter)


def write(path: Path, folder: Path, question: str, figures: str) -> None:
    """Draws the picture into the PNG file `path`, with the typeface's files in `folder`."""
    image = Image.new("RGB", _SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _SIZE[0], 16), fill=_SEAL)
    _write(draw, (_MARGIN, 78), "Căn Cứ", _fonts(folder, 700, 44), _SEAL)
    y = 200
    for line in drawing.wrap(question, _SIZE[0] - 2 * _MARGIN, 76, 3, "600"):
        _write(draw, (_MARGIN, y), line, _fonts(folder, 700, 76), _INK)
        y += 98
    _write(draw, (_MARGIN, 520), figures, _fonts(folder, 500, 32), _SOFT)
    told = PngImagePlugin.PngInfo()
    told.add_itxt(_TOLD, f"{question}\n{figures}")
    image.save(path, optimize=True, pnginfo=told)


def shows(path: Path, question: str, figures: str) -> bool:
    """Whether the file is a picture of these words."""
    try:
        with Image.open(path) as image:
            return image.info.get(_TOLD) == f"{question}\n{figures}"
    except OSError:
        return False
