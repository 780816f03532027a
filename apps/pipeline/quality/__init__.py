"""How complete each agency's files are: figures kept at every commit, a page of them, and a file for whoever can put it right."""
