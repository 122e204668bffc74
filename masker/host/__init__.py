"""Composition: the plugin manager, the settings and the engine that every shell uses."""
