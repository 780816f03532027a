"""An invented borough and the files its agencies send in two consecutive weeks. No real person is in it."""
