"""The built-in ticket system: for the demo, and for houses whose tickets live nowhere else."""
