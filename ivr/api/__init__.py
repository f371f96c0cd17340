"""What machines ask the line over HTTP."""
