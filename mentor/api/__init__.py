"""The HTTP door: what programs may read and write on the server that shows the pages."""
