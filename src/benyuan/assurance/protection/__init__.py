"""What is read of consumer protection beyond tables: registers, levels, terms as they were shown, what is due."""
