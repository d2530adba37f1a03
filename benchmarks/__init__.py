"""What the product costs and how well it reads, measured by commands."""
