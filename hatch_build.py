"""Puts data and notebooks into real wheels as `workbench/_shipped` (an editable install reads the clone)."""

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShippedFiles(BuildHookInterface):
    def initialize(self, version, build_data):
        if version == "standard" and self.target_name == "wheel":
            for folder in ("data", "notebooks"):
                build_data["force_include"][folder] = f"workbench/_shipped/{folder}"
