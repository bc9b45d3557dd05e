"""`python -m tests.spotify [--port N]`: run the fake Spotify server for manual tests."""

import threading
from contextlib import suppress

import click

from .sample import sample_world
from .server import Server


@click.command()
@click.option("--port", default=0, help="Port to listen on; 0 is any free port.")
def main(port: int) -> None:
    """Run until Ctrl-C, then print the requests that violate the contract."""
    with Server(sample_world(), port) as server:
        for name, value in server.environment.items():
            click.echo(f"export {name}={value}")
        click.echo("# Every login is granted at once. Stop with Ctrl-C.", err=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
    for violation in server.violations:
        click.echo(violation, err=True)


if __name__ == "__main__":
    main()
