"""Files of office programs and small databases → text or rows."""
