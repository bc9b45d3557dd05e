"""Number words: English numbers as digits, so that Fifty Ways equals 50 Ways."""

_UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}


def with_digits(text: str) -> str:
    """Returns a text in lower case with its number words from zero to ninety-nine as digits."""
    numbers: list[str] = []
    tens = 0
    for word in text.split():
        unit = _UNITS.get(word, 0)
        if tens and 0 < unit < 10:
            numbers[-1], tens = str(tens + unit), 0
            continue
        tens = _TENS.get(word, 0)
        numbers.append(str(tens) if tens else str(_UNITS.get(word, word)))
    return " ".join(numbers)
