"""Lets `python -m workbench.cli` do what `workbench` does."""

from workbench.cli import main

if __name__ == "__main__":
    main()
