"""Short forms that a document itself explains: "Phòng VH-XH" where it also says "Phòng Văn hóa - Xã hội"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from cancu.records import ProjectRow, Responsibility

_SHORT = re.compile(r"[A-ZĐ](?<=[^\W\d_] [A-ZĐ])[A-ZĐ]+(?:(?:\s*[&,/–-]\s*|\s+)[A-ZĐ]{2,})*(?![^\W_])")
_JOINT = r"(?:\s*[,&–-]\s*|\s+)(?:và\s+)?"
_ACCENTED = {"A": "aáàảãạăâ", "E": "eéèẻẽẹê", "I": "iíìỉĩị", "O": "oóòỏõọôơ", "U": "uúùủũụư", "Y": "yýỳỷỹỵ"}
_LEAST, _MOST = 3, 12  # letters: two may stand for too much
_FORMS = 300  # different ones in a text: each is sought through all of it


class ShortForms:
    """The short forms of one text, each looked up once."""

    def __init__(self, text: str) -> None:
        self._text, self._small = text, text.lower()
        self._known: dict[tuple[str, str], str] = {}

    def written_out(self, name: str) -> str:
        """`name` with each short form as the words of the text that begin with its letters, after the same word; as it is where
        there are none, or several.
        """
        return _SHORT.sub(lambda match: self._words(name[: match.start()], match[0]), name)

    def _words(self, before: str, short: str) -> str:
        letters = re.findall(r"[^\W\d_]", short)
        if not _LEAST <= len(letters) <= _MOST or before.count("(") > before.count(")"):
            return short
        key = (before.rsplit(maxsplit=1)[-1].casefold(), short)
        if key not in self._known and len(self._known) < _FORMS:
            self._known[key] = self._found(*key, letters)
        return self._known.get(key, short)

    def _found(self, before: str, short: str, letters: Sequence[str]) -> str:
        words = _JOINT.join(rf"[{_ACCENTED.get(letter, letter).lower()}][^\W\d_]*" for letter in letters)
        long = rf"{re.escape(before)}\s+({words})(?![^\W_])"
        if not re.search(long, self._small):  # four times faster than in any case
            return short
        found = re.findall(rf"(?i)(?<![^\W_]){long}", self._text)
        forms = list(dict.fromkeys(" ".join(phrase.split()) for phrase in found if not phrase.isupper()))
        return forms[0] if len({form.casefold() for form in forms}) == 1 else short

    def of_row(self, row: ProjectRow) -> ProjectRow:
        """A row with the names of its agencies and purses written out."""
        purses = tuple(structs.replace(one, source=self.written_out(one.source)) if one.source else one for one in row.allocations)
        return structs.replace(row, lead=self.all(row.lead), coordinating=self.all(row.coordinating), allocations=purses)

    def of_duty(self, duty: Responsibility) -> Responsibility:
        """A duty with the names of its agencies written out."""
        return structs.replace(duty, agency=self.written_out(duty.agency), with_=self.all(duty.with_))

    def all(self, names: Sequence[str]) -> tuple[str, ...]:
        """Each of some names written out, each once."""
        return tuple(dict.fromkeys(map(self.written_out, names)))
