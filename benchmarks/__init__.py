"""Measurements: `python -m benchmarks NAME`. Tests never assert times; this folder reports them."""
