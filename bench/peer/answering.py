"""The line between Lethe's benchmarks and their peers: for each line that comes in, the work is done once, and one
JSON object goes out, with the seconds it took. Both sides take turns."""

import json
import sys
import time


def answer(work):
    """Answers until the input ends. What `work` returns, a dict or None, goes out too, and wins over the clock."""
    print("ready", flush=True)
    for _ in sys.stdin:
        begin = time.perf_counter()
        more = work()
        seconds = time.perf_counter() - begin
        print(json.dumps({"seconds": seconds, **(more or {})}), flush=True)
