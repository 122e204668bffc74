#!/usr/bin/env python3
"""Joins mts_dialog_labels.json with the MTS-Dialog validation set.

python mts_dialog.py .../mts-dialog/ValidationSet.csv > mts.jsonl
"""

import csv
import json
import os
import sys


def rows(path):
    here = os.path.dirname(os.path.abspath(__file__))
    labels = json.load(open(os.path.join(here, "mts_dialog_labels.json"), encoding="utf-8"))["rows"]
    with open(path, encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            x = labels.get(r["ID"], {})
            row = {
                "id": f"mts-{int(r['ID']):04d}",
                "domain": "mts_dialog",
                "text": r["dialogue"],
                "spans": x.get("spans", []),
            }
            if x.get("ignore"):
                row["ignore"] = x["ignore"]
            yield row


if __name__ == "__main__":
    for row in rows(sys.argv[1]):
        print(json.dumps(row, ensure_ascii=False))
