"""From str to arrays. No pandas here."""
