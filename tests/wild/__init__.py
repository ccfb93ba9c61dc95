"""Wild texts and bytes, and what must hold for them."""
