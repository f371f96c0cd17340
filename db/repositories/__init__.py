"""One repository for each noun. Each speaks over the connection of one unit of work and returns the types of flows."""
