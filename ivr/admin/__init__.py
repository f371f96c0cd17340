"""The admin: what a support department sets, sees and proves, in a browser."""
