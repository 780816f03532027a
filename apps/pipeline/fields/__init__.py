"""The page of fields that two agencies say differently."""
