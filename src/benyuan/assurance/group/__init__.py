"""Evidence on the group above the companies: who owns whom, who controls, and what the law asks of its shape."""
