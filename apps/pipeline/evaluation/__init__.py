"""How the linker is judged: records of a file, put to it in a schema of their own, against what is true of them."""
