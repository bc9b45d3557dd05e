"""Function words of languages that English lacks, and the letters of scripts."""

_WORDS = {
    "Dutch": "de het een en van ik je jij niet dat die zijn wij ze maar om aan voor naar heb heeft "
    "hebben mij mijn jou jouw nog ook als bij uit kan wil moet weer nooit altijd geen deze dit "
    "hier "
    "daar waar wat wie hoe zo nu al dan dus mag gaan gaat komt laat elkaar ons onze zonder alles "
    "iets niets wordt bent ben was waren zou te los we of door tegen samen over niet",
    "Frisian": "de it is in en fan ik do dy dyn mei net mar foar nei hawwe ha haw hat bin bist sa "
    "ek wurdt op oan út as wy jim har syn myn dat tink wêr hjir wat no noch altyd nea lit fan my "
    "of we",
    "Afrikaans": "die nie ek jy my is en van vir met het wat sal kan maar so ons jou hoe waar hier "
    "daar n om te was wees se dis as nog net altyd nooit soos sy hulle of my was",
    "German": "der die das und ich du nicht ist ein eine einen mit auf für wir sie er es mich dich "
    "mir dir mein dein meine deine kein keine wenn aber nur auch noch wie was wo den dem des zu "
    "von "
    "im am bin bist sind hab hast hat haben wird so doch schon nie immer mehr uns euch ihr",
    "Swedish": "och jag du det att är inte en ett som på för med den min din mig dig vi har av "
    "till "
    "om men vill kan när där här så ska var aldrig alltid allt ingen oss från",
    "Norwegian": "og jeg du det at er ikke en et som på for med den min din meg deg vi har av "
    "til om "
    "men vil kan når der her så skal var aldri alltid alt ingen oss fra",
    "Danish": "og jeg du det at er ikke en et som på for med den min din mig dig vi har af til om "
    "men vil kan når der her så skal var aldrig altid alt ingen os fra",
    "Icelandic": "og ég þú það að er ekki sem á fyrir með mér þér við til um en hann hún þetta",
    "French": "le la les de des du un une et je tu il elle on nous vous ne pas que qui dans pour "
    "sur "
    "avec mon ton ma ta mes tes moi toi est suis es mais plus tout comme si ce cette au aux en se "
    "c'est j'ai qu'il d'un l'amour t'es n'est jamais toujours",
    "Spanish": "el la los las de del un una y yo tú él que no en por para con mi tu su me te se lo "
    "es soy eres está estoy como pero más todo si cuando donde sin ya al le nos amor vida nunca "
    "siempre quiero porque muy",
    "Portuguese": "o os as de do da dos um uma e eu você que não em por para com meu minha seu sua "
    "me te se é sou está como mas mais tudo quando onde sem já ao nos amor nunca sempre quero vou "
    "pra tem foi",
    "Italian": "il lo la gli le di del della un una e io tu che non in per con mio mia tuo tua "
    "mi ti "
    "si è sono sei come ma più tutto quando dove senza già al ci amore mai sempre voglio nel sul "
    "perché cosa",
    "Latin": "et in est non qui quae quod cum ad ut sed tuum meum nos deus domine gloria sanctus",
    "Polish": "i w nie to się na że jest z do jak ja ty mnie ciebie mi ci co tak już bo gdy tylko "
    "kiedy mój twój moja",
    "Turkish": "bir ve bu ben sen beni seni bana sana ne mi gibi için ama çok var yok daha kadar "
    "her "
    "değil benim senin",
    "Indonesian": "yang aku kau di dan tak ini itu ku mu untuk dengan dari akan ada cinta hati "
    "bila "
    "saat kita tidak",
    "Filipino": "ang ng sa na ako ikaw ka ko mo ay at mga hindi kung pa lang ba nang ito puso",
    "Finnish": "ja on ei se minä sinä että mä sä kun niin mutta en oon jos olen vain mun sun",
    "Hungarian": "a az és nem hogy egy van én te csak mert már is ha meg de mint",
    "Romanian": "și nu în să de la cu mi te pe că ce un o sunt ești dar mai dragoste",
    "Swahili": "na ya wa kwa ni si wewe mimi yangu yako moyo sana",
    "Jamaican Patois": "mi di dem fi inna nuh weh deh gyal yuh fah seh pon",
}
_ENGLISH = frozenset(
    """
    a i me my no so in is on at an as am do to be was he all we or of it us up are her his had has
    the them that this for not one out some see like can will die den des men hat kind non ha for
    her here over under man mine net op do no la los on at am war mi di son yo o e de y et ma
    come fan no dem fi sun said say mid el un da si te se te in pa ba ya na ay it's at lit
    im dis her sal vi os ta tu le tout par man a van hoe so was wie
    """.split()
)
"""English words, and syllables that are sung in English (la, na, yo, mi)."""

WORDS = {name: frozenset(words.split()) for name, words in _WORDS.items()}
LANGUAGES: dict[str, list[str]] = {
    word: [name for name, words in WORDS.items() if word in words]
    for word in frozenset(" ".join(_WORDS.values()).split()) - _ENGLISH
}
"""The languages of each function word that English lacks."""

SCRIPTS = (
    ("Japanese", "\u3040", "\u30ff"),
    ("Korean", "\uac00", "\ud7a3"),
    ("Chinese", "\u4e00", "\u9fff"),
    ("Russian", "\u0400", "\u04ff"),
    ("Greek", "\u0370", "\u03ff"),
    ("Arabic", "\u0600", "\u06ff"),
    ("Hebrew", "\u0590", "\u05ff"),
    ("Hindi", "\u0900", "\u097f"),
    ("Thai", "\u0e00", "\u0e7f"),
)
"""Languages with a script of their own: name, first and last letter."""
