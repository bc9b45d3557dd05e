"""`python -m tests.deezer [--port N]`: runs the fake Deezer server for manual tests."""

import threading
from contextlib import suppress

import click

from .sample import add_catalog, sample_world
from .server import Server


@click.command()
@click.option("--port", default=0, help="The port; 0 is any free port.")
def main(port: int) -> None:
    """Runs until Ctrl-C, then prints the requests that violate the contract."""
    state = sample_world()
    add_catalog(state)
    with Server(state, port) as server:
        for name, value in server.environment.items():
            click.echo(f"export {name}={value}")
        click.echo(f"# Try {server.address}/search/track?q=hello. Press Ctrl-C to stop.", err=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
    for violation in server.violations:
        click.echo(violation, err=True)


if __name__ == "__main__":
    main()
