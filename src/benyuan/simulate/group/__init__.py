"""The sample group: a holding company over the demo's own companies and a bank, an insurer and a fund manager."""
