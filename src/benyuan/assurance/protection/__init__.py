"""Consumer protection looked at across the group: duties, complaints, and all that is held about one customer."""
