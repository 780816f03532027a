"""The linkage model: weights in bits by field and level, a file a version; a model goes live only by a commit."""
