"""Children whose records a linker gets wrong: kinds of them as code, among a borough of ordinary children, alike for each seed.

``python -m tests.matching_scenarios --seed 3 --out DIR`` writes PEOPLE.csv, TRUTH.csv and EXPECT.csv;
``--report`` puts them to the linker and says, kind by kind, what happened.
"""
