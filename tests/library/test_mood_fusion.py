import pytest

from musicalface.library.mood_fusion import Evidence, Source, explain, fuse, manual_mood
from musicalface.library.mood_tags import read_mood_tags
from musicalface.mood import Mood, MoodScores

CALM = Evidence(MoodScores(0.05, 0.1, 0.6, 0.25))
SAD = Evidence(MoodScores(0.1, 0.1, 0.2, 0.6))
HAPPY = Evidence(MoodScores(0.1, 0.7, 0.1, 0.1))
TAG = read_mood_tags(["Aggressive"])
assert TAG


@pytest.mark.parametrize(
    ("evidence", "kind", "mood", "why"),
    [
        ({}, None, None, ""),
        ({"lyrics": SAD}, "lyrics", Mood.SAD, "sad lyrics"),
        ({"sound": CALM}, "sound", Mood.RELAXED, "sounds calm"),
        (
            {"sound": CALM, "lyrics": SAD},
            "sound and lyrics",
            Mood.SAD,
            "sounds calm; lyrics say sad",
        ),
        (
            {"sound": CALM, "lyrics": SAD, "listeners": HAPPY},
            "listeners",
            Mood.HAPPY,
            "listeners tag it as happy",
        ),
        ({"listeners": HAPPY, "tag": TAG}, "tag", Mood.ANGRY, "tagged Aggressive"),
        (
            {"tag": TAG, "person": manual_mood(Mood.SAD)},
            "person",
            Mood.SAD,
            "you marked it as sad",
        ),
    ],
)
def test_the_strongest_evidence_decides(
    evidence: dict[Source, Evidence], kind: str | None, mood: Mood | None, why: str
) -> None:
    song_mood = fuse(evidence)
    assert song_mood.evidence == kind
    assert (song_mood.moods and song_mood.moods.mood) == mood
    assert explain(evidence) == why


def test_sound_and_lyrics_that_agree_are_surer_than_either() -> None:
    both = fuse({"sound": CALM, "lyrics": CALM}).moods
    assert both
    assert both.relaxed > CALM.moods.relaxed
    assert sum(both.as_dict().values()) == pytest.approx(1, abs=1e-5)


def test_certain_evidence_does_not_break_the_product() -> None:
    certain = manual_mood(Mood.SAD)
    both = fuse({"sound": certain, "lyrics": manual_mood(Mood.HAPPY)}).moods
    assert both
    assert both.sad == pytest.approx(both.happy)


@pytest.mark.parametrize(
    ("values", "shares", "words"),
    [
        (["Calm"], {"relaxed": 1.0}, "Calm"),
        (["laid-back"], {"relaxed": 1.0}, "laid-back"),
        (["Laid Back"], {"relaxed": 1.0}, "Laid Back"),
        (["very HAPPY song"], {"happy": 1.0}, "very HAPPY song"),
        (["Calm; Sad"], {"relaxed": 0.5, "sad": 0.5}, "Calm, Sad"),
        (["Epic", "Dark/Angry"], {"angry": 1.0}, "Angry"),
        (["happy sad"], None, None),
        (["Epic"], None, None),
        (["", "\x00\x1b[31m", "x" * 100_000], None, None),
        ([], None, None),
    ],
)
def test_mood_tags(values: list[str], shares: dict[str, float] | None, words: str | None) -> None:
    evidence = read_mood_tags(values)
    moods = evidence and {name: p for name, p in evidence.moods.as_dict().items() if p}
    assert (moods, evidence and evidence.words) == (shares, words)
