"""The pages on which a person says what two children are to each other, or that they are nothing."""
