"""The command line: one command a file, each imported when it is called."""

import signal
import sys
from importlib import import_module

import click

from .. import __version__
from ..errors import MusicalFaceError
from .streams import escape_what_cannot_be_written, printable

_COMMANDS = {
    "app": "Open the app: look into the camera, hear what fits.",
    "look": "Read faces in photos, and name ten songs that fit.",
    "songs": "Ten songs for a mood, without a face.",
    "lyrics": "Tell the mood of a song's words.",
    "evaluate": "Measure a model on labelled data.",
    "train": "Train a model on labelled data.",
    "catalog": "Build and export song catalogs.",
    "library": "Your own music: add folders, see and set moods.",
    "spotify": "Log in to Spotify, so that songs play there.",
}
INTERRUPTED = 130
_interruptions: list[int] = []


class _LazyGroup(click.Group):
    """Knows its commands by name, and imports a command's module only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f".{cmd_name}", __package__).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="musicalface")
@click.pass_context
def group(context: click.Context) -> None:
    """MusicalFace looks at a face and plays the music that fits.

    \b
    musicalface                      the app, in your browser
    musicalface look me.jpg          ten songs for a face
    musicalface songs relaxed        ten songs for a mood
    musicalface COMMAND --help       more, with examples
    """
    if context.invoked_subcommand is None:
        context.invoke(import_module(".app", __package__).command)


def main() -> None:
    """Run the command line; errors are one sentence on standard error and a status."""
    escape_what_cannot_be_written()
    signal.signal(signal.SIGINT, _interrupted)
    try:
        status = group.main(prog_name="musicalface", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except MusicalFaceError as error:
        _complain(str(error))
        status = error.exit_status
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        sys.stdout = None  # nothing is left to flush
        status = 1
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _complain(f"{where}{error.strerror or error}.")
        status = 1
    except (KeyboardInterrupt, click.Abort):
        status = _stopped()
    except Exception:
        if not _interruptions:  # a library that was being loaded makes an ImportError of it
            raise
        status = _stopped()
    sys.exit(status)


def _complain(sentence: str) -> None:
    lines = (printable(line) for line in sentence.split("\n"))  # it may name any file
    click.echo("musicalface: " + "\n".join(lines), err=True)


def _interrupted(*_: object) -> None:
    _interruptions.append(INTERRUPTED)
    raise KeyboardInterrupt


def _stopped() -> int:
    click.echo("musicalface: stopped.", err=True)
    return INTERRUPTED
