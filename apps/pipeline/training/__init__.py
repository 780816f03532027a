"""How a linkage model is learnt: Splink over the records, the levels the linker itself compares by, a candidate beside the live model."""
