"""`python -m bot.charts`: reads a chart as JSON, and writes it as a PNG."""

import json
import sys

from bot.charts.drawing import drawn
from bot.charts.wire import chart_of

if __name__ == "__main__":
    sys.stdout.buffer.write(drawn(chart_of(json.load(sys.stdin))))
