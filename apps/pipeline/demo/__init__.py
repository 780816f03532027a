"""An invented borough: its families, agencies and the files those agencies send in two consecutive weeks. No real person is in it."""
