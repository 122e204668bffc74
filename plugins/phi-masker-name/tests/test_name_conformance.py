"""The conformance suite on this plugin."""

from masker_conformance import DetectorConformance


class TestName(DetectorConformance):
    """Every rule for detectors, on this plugin's examples."""

    plugin = "name"
