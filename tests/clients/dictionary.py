"""Validates packages of tables against their dictionaries with frictionless: `dictionary.py PACKAGE…`.

Prints the name and the number of rows of each table as JSON; what is wrong goes to standard error.
"""

import json
import sys

from frictionless import Package

counts = {}
faults = []
for path in sys.argv[1:]:
    report = Package(path).validate()
    faults += [f"{path}: {error.message}" for error in report.errors]
    for task in report.tasks:
        faults += [f"{path}: {task.name}: {error.message}" for error in task.errors[:5]]
        counts[task.place] = task.stats["rows"]
print(json.dumps(counts))
if faults:
    sys.exit("\n".join(faults))
