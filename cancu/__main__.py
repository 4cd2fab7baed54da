"""`python -m cancu` is the command line."""

from cancu.cli import main

main()
