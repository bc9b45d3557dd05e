"""Sample state of the fake server for manual tests: about fifty songs and two devices."""

from .state import SpotifyState

SONGS = """
Adele|Hello|25
Adele|Someone Like You|21
Alanis Morissette|You Oughta Know|Jagged Little Pill
Aretha Franklin|Respect|I Never Loved a Man the Way I Love You
Beyoncé|Halo|I Am... Sasha Fierce
Bill Withers|Ain't No Sunshine|Just as I Am
Bill Withers|Lovely Day|Menagerie
Billie Eilish|everything i wanted|everything i wanted
Björk|Jóga|Homogenic
Bob Marley & The Wailers|Three Little Birds|Exodus
Bobby McFerrin|Don't Worry Be Happy|Simple Pleasures
Bon Iver|Holocene|Bon Iver
Coldplay|The Scientist|A Rush of Blood to the Head
Daft Punk;Pharrell Williams|Get Lucky|Random Access Memories
Drowning Pool|Bodies|Sinner
Earth, Wind & Fire|September|The Best of Earth, Wind & Fire, Vol. 1
Eric Clapton|Tears in Heaven|Rush
Fleetwood Mac|Dreams|Rumours
Gloria Gaynor|I Will Survive|Love Tracks
Jack Johnson|Better Together|In Between Dreams
Johnny Cash|Hurt|American IV
Katrina & The Waves|Walking on Sunshine|Walking on Sunshine
Limp Bizkit|Break Stuff|Significant Other
Linkin Park|Numb|Meteora
Linkin Park|One Step Closer|Hybrid Theory
Louis Armstrong|What a Wonderful World|What a Wonderful World
Mark Ronson;Bruno Mars|Uptown Funk|Uptown Special
Massive Attack|Teardrop|Mezzanine
Metallica|Enter Sandman|Metallica
Metallica|St. Anger|St. Anger
Nina Simone|Feeling Good|I Put a Spell on You
Nirvana|Territorial Pissings|Nevermind
Norah Jones|Don't Know Why|Come Away with Me
OutKast|Hey Ya!|Speakerboxxx/The Love Below
Otis Redding|(Sittin' On) The Dock of the Bay|The Dock of the Bay
Pantera|Walk|Vulgar Display of Power
Pharrell Williams|Happy|G I R L
Portishead|Roads|Dummy
Queen|Don't Stop Me Now|Jazz
R.E.M.|Everybody Hurts|Automatic for the People
Rage Against the Machine|Killing in the Name|Rage Against the Machine
Radiohead|Exit Music (For a Film)|OK Computer
Radiohead|No Surprises|OK Computer
Sade|By Your Side|Lovers Rock
Sinéad O'Connor|Nothing Compares 2 U|I Do Not Want What I Haven't Got
Slipknot|Psychosocial|All Hope Is Gone
Stevie Wonder|Isn't She Lovely|Songs in the Key of Life
System of a Down|Chop Suey!|Toxicity
The Beatles|Here Comes the Sun - Remastered 2009|Abbey Road
The Beatles|Yesterday|Help!
Zero 7|In the Waiting Line|Simple Things
Karaoke Hits|Hello (Made Famous by Adele)|Karaoke Hits
"""


def sample_world() -> SpotifyState:
    world = SpotifyState()
    for line in SONGS.strip().splitlines():
        artists, name, album = line.split("|")
        world.add_track(name, *artists.split(";"), album=album, seconds=180.0 + len(line))
    world.add_device("Living Room", type="Speaker", is_active=True)
    world.add_device("Laptop")
    world.like(*[track.uri for track in world.tracks[::6]])
    return world
