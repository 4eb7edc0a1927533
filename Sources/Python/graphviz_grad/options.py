"""The version, and the options of figures that the tool of this version knows.

Written by `RECORD=1 swift test --filter PythonPackageTests`.
"""

VERSION = "0.2.0"
# Options that have a value, and those that have none.
SETTINGS = "detail style theme notation edge-labels arrays entries inputs title-width direction rows fit show mode wrt order backward nudge blank precision decimals focus open fold depth max-nodes language title id-prefix scale dpi width background of set seed".split()
FLAGS = "legend repeat-inputs standalone vary".split()
