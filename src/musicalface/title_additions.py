"""Title additions, in brackets or after a dash: harmless ones, and names of versions."""

import re
from dataclasses import dataclass

from .text_folding import fold, words

_BRACKETS = re.compile(r"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\]|（([^（）]*)）|【([^【】]*)】)")
_DASH = re.compile(r"\s+[-–—~|]\s+")
_QUOTE = "«"  # stands before a name in quotation marks, as of a film
_QUOTATION = re.compile(r"(?<!\d)[\"“«„]|(?<=[^\d\s])[”»]")
_APOSTROPHES = re.compile(r"(?<=\w)['’`´](?=\w)")

_HARMLESS = frozenset(
    """
    remaster remasters remastered remastering remasterizado remasterizada remasterise remasterisee
    remasterisiert rimasterizzato ремастер digital digitally version versao versión edit radio
    single album mono stereo original explicit clean censored uncensored bonus track tracks deluxe
    edition expanded anniversary special main standard lp ep cd 7 7in inch full length short mix
    us uk european international soundtrack score ost motion picture hi res part pt no vol
    volume i ii iii iv v taylors and a of the in new with
    official oficial offizielles officiel video clip videoclip audio music visualizer visualiser
    lyric lyrics letra hd hq uhd sd 4k 1080p 720p 480p
    """.split()
)
"""An addition of only these words and years names the same recording."""

_NOT_ALONE = frozenset("mix short full special new i v of the in a with and".split())
_YEAR = re.compile(r"(?:19|20)\d\d|\d{1,3}(?:th|st|nd|rd)?")
_JAPANESE_REMASTER = "リマスター"
_OF_A_FILM = frozenset(
    "film movie motion picture soundtrack score series musical theme game netflix show".split()
)
_GUESTS = ("feat", "ft", "featuring", "with", "con", "avec", "mit", "prod")
_ENSEMBLES = frozenset(
    "orchestra orchestre orchester orchestral philharmonic symphony choir strings piano".split()
)
_VERSION_WORDS = frozenset(
    """
    live remix remixed mix version edit cover karaoke instrumental acoustic demo session sessions
    tribute dub rework bootleg mashup medley take rehearsal style performed famous sing ringtone
    lullaby playback performance colors
    """.split()
)
_PERSONAL = frozenset(
    """
    i im ive id ill you youre your u me my mine we us our it its he hes she shes they them him her
    wont dont cant aint isnt didnt lets gonna wanna this that is are was has have be do does did
    """.split()
)
"""Words of a sentence: an addition with one of them is a subtitle: (But I Won't Do That)."""


@dataclass(frozen=True)
class Title:
    """A title without its additions, and the additions as words in lower case."""

    bare: str
    additions: tuple[str, ...]

    @property
    def core(self) -> str:
        """The bare title without a bracket at its start: Satisfaction."""
        return _BRACKETS.sub("", self.bare, count=1).strip() or self.bare

    @property
    def versions(self) -> tuple[str, ...]:
        """The additions that may name another recording."""
        return tuple(each for each in self.additions if not is_harmless(each))


def split_title(title: str) -> Title:
    """Separates a title from what stands in brackets, or after a dash.

    A bracket at the start belongs to the title: (I Can't Get No) Satisfaction.
    """
    kept, found = title, []
    while (bracket := _last_bracket(kept)) and kept[: bracket.start()].strip():
        found.append(next(filter(None, bracket.groups()), ""))
        kept = f"{kept[: bracket.start()]} {kept[bracket.end() :]}"
    first, *rest = _DASH.split(kept.strip())
    additions = [*rest, *reversed(found)]
    if not first.strip():
        return Title(title.strip(), ())
    return Title(first.strip(), tuple(filter(None, map(_quoted_words, additions))))


def without_junk(title: str) -> str:
    """Returns the title without additions like (Official Video), [Explicit] or (1976)."""
    kept = _BRACKETS.sub(lambda added: "" if is_harmless_text(added[0]) else added[0], title)
    while len(parts := _DASH.split(kept)) > 1 and is_harmless_text(parts[-1]):
        kept = kept[: kept.rindex(parts[-1])].rstrip(" -–—~|")
    return kept.strip() or title


def is_harmless_text(text: str) -> bool:
    """True if a text has only words like "official video", "remastered", or a year."""
    return _is_plain(set(_quoted_words(text).split()))


def is_harmless(addition: str) -> bool:
    """True if an addition, as words in lower case, names the same recording: remastered, a guest.

    Unknown additions are not harmless, so that no other version is taken for the song.
    """
    text = addition.split()
    own = set(text)
    if not text or text[0] in _GUESTS or text[0] == _QUOTE:
        return not own & (_ENSEMBLES | _VERSION_WORDS)
    if text[0] == "from" or {"from", "theme"} <= own or {"from", "music"} <= own:
        return bool(own & _OF_A_FILM) or _QUOTE in own
    if _JAPANESE_REMASTER in addition:
        return True
    is_sentence = own & _PERSONAL or (text[0] == "a" and len(text) > 2)  # (A Deal With God)
    if is_sentence and len(text) > 1:
        return not own & (_VERSION_WORDS | _ENSEMBLES)
    return _is_plain(own)


def _is_plain(own: set[str]) -> bool:
    plain = {word for word in own if not _YEAR.fullmatch(word)}
    is_alone = plain <= _NOT_ALONE and len(own) == len(plain)
    return plain <= _HARMLESS and bool(own) and not (plain and is_alone)


def _last_bracket(title: str) -> re.Match[str] | None:
    last = None
    for bracket in _BRACKETS.finditer(title):
        last = bracket
    return last


def _quoted_words(addition: str) -> str:
    """The words of an addition in lower case, with _QUOTE before a name in quotation marks."""
    parts = _QUOTATION.split(_APOSTROPHES.sub("", addition))
    named = [words(fold(part)) for part in parts]
    return " ".join(f" {_QUOTE} ".join(named).split())
