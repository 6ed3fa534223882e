"""What is fast, against what, in one run: `python -m benchmarks`. Bars are ratios; DESIGN says which."""
