"""`python -m benchmarks [NAME…]`."""

from benchmarks.program import main

if __name__ == "__main__":
    main()
