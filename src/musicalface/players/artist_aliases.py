"""Artists with several names or spellings (a lookup table)."""

from ..text_folding import fold, letters_and_digits

_GROUPS = """
Yusuf / Cat Stevens / Yusuf Islam
Snoop Dogg / Snoop Doggy Dogg / Snoop Lion
Puff Daddy / P. Diddy / Diddy / Sean Combs
Prince / The Artist / The Artist Formerly Known As Prince
Kesha / Ke$ha
P!nk / Pink
A$AP Rocky / ASAP Rocky
A$AP Ferg / ASAP Ferg
Mos Def / Yasiin Bey
Kanye West / Ye
2Pac / Tupac / Tupac Shakur / Makaveli
The Notorious B.I.G. / Notorious BIG / Biggie Smalls / Biggie
Ol' Dirty Bastard / ODB
Bow Wow / Lil Bow Wow
Jennifer Lopez / J.Lo
The Chicks / Dixie Chicks
Lady A / Lady Antebellum
John Mellencamp / John Cougar / John Cougar Mellencamp
Terence Trent D'Arby / Sananda Maitreya
T. Rex / Tyrannosaurus Rex / Marc Bolan & T. Rex
Xzibit / X to the Z
Electric Light Orchestra / ELO
Creedence Clearwater Revival / CCR / Creedence
Red Hot Chili Peppers / RHCP
Nine Inch Nails / NIN
Rage Against the Machine / RATM
Queens of the Stone Age / QOTSA
Orchestral Manoeuvres in the Dark / OMD
Bachman-Turner Overdrive / BTO
Emerson, Lake & Palmer / ELP
Crosby, Stills, Nash & Young / CSNY
My Chemical Romance / MCR
New Kids on the Block / NKOTB
Simply Red / Mick Hucknall & Simply Red
Bruce Springsteen / Bruce Springsteen & The E Street Band
Martha Reeves & The Vandellas / Martha & The Vandellas
The Jacksons / The Jackson 5 / Jackson Five
The Four Seasons / Frankie Valli & The Four Seasons / The 4 Seasons
Diana Ross & The Supremes / The Supremes
The Byrds / Byrds
Janis Joplin / Big Brother & The Holding Company
Marky Mark and the Funky Bunch / Marky Mark
Ms. Lauryn Hill / Lauryn Hill
Anohni / Antony and the Johnsons
Teddy Swims / Jaten Dimsdale
Cheb Khaled / Khaled
BTS / 방탄소년단 / Bangtan Boys
BLACKPINK / 블랙핑크
IU / 아이유
PSY / 싸이
EXO / 엑소
TWICE / 트와이스
BIGBANG / 빅뱅
Girls' Generation / 소녀시대 / SNSD
TVXQ! / 東方神起 / 동방신기 / Tohoshinki
Red Velvet / 레드벨벳
Sheena Ringo / 椎名林檎 / Shiina Ringo / Ringo Sheena
Hikaru Utada / 宇多田ヒカル
Ayumi Hamasaki / 浜崎あゆみ
Namie Amuro / 安室奈美恵
Kenshi Yonezu / 米津玄師
Gen Hoshino / 星野源
Tokyo Incidents / 東京事変 / Tokyo Jihen
Official HIGE DANdism / Official髭男dism
Masayoshi Yamazaki / 山崎まさよし
Ryuichi Sakamoto / 坂本龍一
Mariya Takeuchi / 竹内まりや
Miki Matsubara / 松原みき
Tatsuro Yamashita / 山下達郎
Kyary Pamyu Pamyu / きゃりーぱみゅぱみゅ
YOASOBI / ヨアソビ
Jay Chou / 周杰倫 / 周杰伦
Teresa Teng / 鄧麗君 / 邓丽君
Faye Wong / 王菲
Eason Chan / 陳奕迅 / 陈奕迅
Mayday / 五月天
Jolin Tsai / 蔡依林
JJ Lin / 林俊傑 / 林俊杰
t.A.T.u. / Тату
Viktor Tsoi / Виктор Цой
DDT / ДДТ
Fairuz / Fairouz / فيروز
Umm Kulthum / Oum Kalthoum / أم كلثوم
Amr Diab / عمرو دياب
Lata Mangeshkar / लता मंगेशकर
Kishore Kumar / किशोर कुमार
Asha Bhosle / आशा भोसले
Arijit Singh / अरिजीत सिंह
Mohammed Rafi / मोहम्मद रफ़ी / Mohd. Rafi
"""

_COVER_ARTISTS = """
Boyce Avenue / Vitamin String Quartet / Piano Tribute Players / Rockabye Baby! / Kidz Bop
KIDZ BOP Kids / Glee Cast / Postmodern Jukebox / Scott Bradlee's Postmodern Jukebox
Ameritz Karaoke / Zoom Karaoke / Sing2Piano / Sunfly House Band / The Piano Guys
Lullaby Players / Twinkle Twinkle Little Rock Star / Music Box Mania / Molotov Cocktail Piano
Max Schneider / Kurt Hugo Schneider / Sam Tsui / Alex Goot / Tyler Ward / Madilyn Bailey
Walk off the Earth / Jasmine Thompson / First To Eleven / Leo Moracchioli / Our Last Night
The Countdown Singers / The Hit Crew / Top 40 Hits / Starlite Singers / Studio Allstars
"""


def letters_of(name: str) -> str:
    """Returns only the letters and digits of an artist, in lower case, without an article."""
    return letters_and_digits(fold(name).removeprefix("the ").replace("&", "and"))


def _groups() -> dict[str, str]:
    groups = [[letters_of(name) for name in line.split(" / ")] for line in _GROUPS.split("\n")]
    return {name: group[0] for group in groups for name in group if name}


_FIRST_NAME = _groups()
_COVERS = frozenset(
    letters_of(name) for line in _COVER_ARTISTS.split("\n") for name in line.split(" / ")
) - {""}


def canonical(artist: str) -> str:
    """Returns the letters of an artist's first name in the table, else of the name itself."""
    letters = letters_of(artist)
    return _FIRST_NAME.get(letters, letters)


def plays_covers(artist: str) -> bool:
    """True if the artist is known for recordings of other artists' songs."""
    return letters_of(artist) in _COVERS
