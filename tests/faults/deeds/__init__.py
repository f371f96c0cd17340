"""What people, networks and machines can do, one module for each kind. A deed that is not possible now is not done."""
