"""The whole centre in one place: the command line, the supervisor, installation. The only room that knows them all."""
