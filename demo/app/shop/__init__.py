"""A small shop: orders are priced, charged and packed by a Celery worker."""
