"""Runs: the numbers and codes of a text, and what each one is announced as.

Thirteen detectors look for numbers. They differ in which numbers are theirs, not in how a number is found. So the
search is done once per segment: `runs` finds every maximal stretch of digits and code characters in the reading
("415 555 0123", "RX-917288", "319-42-32") and looks around it for what it is: a label before it, the JSON key or the
column it stands in, the value it continues ("212 / let me see / 555"), words after it ("... is my cell"), the open
question. The result is kept in the reading's memo. A detector then claims the runs that are announced as its kind or
that have its shape; see `RunDetector`.

Everything here is linear in the length of the text: atoms are found by one pass of a simple pattern, and every look
to the left or right has a fixed reach.
"""

from masker.detection.labels import NUMBER, PLAIN
from masker.detection.runs.asking import asks_for
from masker.detection.runs.detector import RunDetector
from masker.detection.runs.run import Run, said
from masker.detection.runs.scanning import runs

__all__ = ["NUMBER", "PLAIN", "Run", "RunDetector", "asks_for", "runs", "said"]
