"""iCalendars: fetched, read and written. The only place that knows the library."""
