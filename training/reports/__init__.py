"""Reports for committees: who must learn, who has begun, who has passed, who is late, and how it was learned."""
