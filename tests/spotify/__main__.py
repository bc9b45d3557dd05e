"""`python -m tests.spotify [--port N]`: the stand-in, to try the command line against."""

import threading
from contextlib import suppress

import click

from .sample import sample_world
from .server import Server


@click.command()
@click.option("--port", default=0, help="Where it listens; 0 is any free port.")
def main(port: int) -> None:
    """Run until Ctrl-C, and then say what was asked that the contract does not have."""
    with Server(sample_world(), port) as server:
        for name, value in server.environment.items():
            click.echo(f"export {name}={value}")
        click.echo("# Every login is consented to at once. Ctrl-C ends.", err=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
    for violation in server.violations:
        click.echo(violation, err=True)


if __name__ == "__main__":
    main()
