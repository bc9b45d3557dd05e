"""Entry point of `python -m musicalface`."""

from .cli import main

if __name__ == "__main__":
    main()
