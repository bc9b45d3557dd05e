"""Command line interface: one module per command, imported when the command runs."""

import os
import signal
import sys
from importlib import import_module

import click

from .. import __version__, crash_log
from ..errors import MusicalFaceError
from .stdio import escape_unencodable_output, printable

_COMMANDS = {
    "app": "Open the app in your browser.",
    "look": "Read faces in photos and pick songs to match.",
    "songs": "Pick songs for a mood, without a face.",
    "lyrics": "Read the mood of a song's lyrics.",
    "audio": "Read the mood of sound files.",
    "evaluate": "Measure a model on labelled data.",
    "train": "Train a model on labelled data.",
    "catalog": "Build and export song catalogs.",
    "library": "Manage your own music: add folders, list and set moods.",
    "likes": "List, export and import the songs that you like.",
    "spotify": "Log in to Spotify to play songs there.",
}
INTERRUPTED = 130
_interruptions: list[int] = []


class _LazyGroup(click.Group):
    """Command group that lists commands by name and imports a command's module only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f".{cmd_name}", __package__).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] == "play":
            ctx.fail(
                "No such command 'play'. Play songs with musicalface songs MOOD --play browser."
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.option("--debug", is_flag=True, help="Log errors in full, including names of files.")
@click.version_option(__version__, prog_name="musicalface")
@click.pass_context
def group(context: click.Context, debug: bool) -> None:
    """MusicalFace reads a face's expression and picks songs to match.

    \b
    musicalface                      open the app in your browser
    musicalface look me.jpg          pick ten songs for a face
    musicalface songs relaxed        pick ten songs for a mood
    musicalface COMMAND --help       show a command's options and examples
    """
    if debug:
        os.environ["MUSICALFACE_DEBUG"] = "1"  # for worker processes too
    if context.invoked_subcommand is None:
        context.invoke(import_module(".app", __package__).command)


def main() -> None:
    """Entry point of the command line. Prints errors to standard error and sets the exit status."""
    escape_unencodable_output()
    signal.signal(signal.SIGINT, _on_interrupt)
    with crash_log.catching_everywhere():
        try:
            status = group.main(prog_name="musicalface", standalone_mode=False)
        except (Exception, KeyboardInterrupt) as error:
            status = _reported(error)
    sys.exit(status)


def _reported(error: BaseException) -> int:
    """Prints the error message and returns the exit status."""
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return _print_stopped()
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, MusicalFaceError):
        _print_error(str(error))
        return error.exit_status
    if isinstance(error, BrokenPipeError):  # the reader of the output, such as `head`, has exited
        sys.stdout = None  # so that Python doesn't flush it at exit
        return 1
    if isinstance(error, OSError):
        _print_error(_os_sentence(error))
    elif _interruptions:  # Ctrl-C while a library loads can surface as an ImportError
        return _print_stopped()
    else:
        _print_error(crash_log.sentence(error))
    return 1


def _os_sentence(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}."


def _print_error(sentence: str) -> None:
    lines = (printable(line) for line in sentence.split("\n"))  # may contain any file name
    click.echo("musicalface: " + "\n".join(lines), err=True)


def _on_interrupt(*_: object) -> None:
    _interruptions.append(INTERRUPTED)
    raise KeyboardInterrupt


def _print_stopped() -> int:
    click.echo("musicalface: stopped.", err=True)
    return INTERRUPTED
