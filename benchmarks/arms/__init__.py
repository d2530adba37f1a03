"""The product beside simpler ways, on the same questions: see `python -m benchmarks.arms -h`."""
