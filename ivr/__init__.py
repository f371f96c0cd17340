"""TOUCHES THE WORLD: carrier, ticket systems, mail, pages and the command line."""
