"""The interface: widgets for Voilà apps and JupyterLab. Uses the front door of the library only."""
