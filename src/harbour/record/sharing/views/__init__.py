"""Pages of sharing: shares and refusals, requests, agreements."""
