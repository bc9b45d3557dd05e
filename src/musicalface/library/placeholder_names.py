"""Placeholder names that programs write where a song has no artist or title."""

import re

_PLACEHOLDER = re.compile(
    r"[\W_]*(?:"
    r"(?:unknown|no|unnamed|untitled)[ _]*(?:artists?|titles?|albums?|songs?|tracks?)"
    r"|artist|title|track|(?:artist|album|song|track) (?:name|title)"
    r"|unknown[ _]*(?:performer|composer|author|band)|unknown|unnamed|untitled|n ?/ ?a|none"
    r"|null"
    r"|undefined|various(?:[ _]*artists?)?|v\.? ?a\.?|diverse|verschiedene(?: interpreten)?"
    r"|artistes divers|varios artistas|artisti vari|разные исполнители"
    r"|unbekannte[rs]?(?: (?:interpret|künstler|titel))?|interpret unbekannt|artiste inconnue?"
    r"|titre inconnu|inconnu"
    r"|artista desconocido|desconocido|artista desconhecido|desconhecido|artista sconosciuto"
    r"|sconosciuto|onbekende? ?(?:artiest)?|okänd(?: artist)?|ukendt(?: kunstner)?"
    r"|ukjent(?: artist)?|nieznany(?: wykonawca)?|неизвест\w+(?: \w+)?|без названия"
    r"|不明なアーティスト|不明|未知(?:艺术家|歌手|藝人)?|알 수 없는 아티스트|알 수 없음"
    r")[\W_]*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"[\W_]*(?:(?:audio ?)?track|titel|piste|pista|traccia|faixa|spur|spår|(?:new )?recording"
    r"|aufnahme|untitled|titre|utwór|ścieżka|дорожка|трек|トラック|音轨|트랙)"
    r"[ _#.-]*\d{1,4}[\W_]*",
    re.IGNORECASE,
)


def is_placeholder_artist(name: str) -> bool:
    """True if a name stands for no artist: Unknown Artist, <unknown>, Various Artists."""
    return bool(_PLACEHOLDER.fullmatch(name))


def is_placeholder_title(name: str) -> bool:
    """True if a name stands for no title: Track 01, Untitled, AudioTrack 3.

    A number alone is a title, as 1979.
    """
    return bool(_PLACEHOLDER.fullmatch(name) or _NUMBERED.fullmatch(name))
