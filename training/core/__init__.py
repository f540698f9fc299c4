"""What every room needs and that knows neither HTTP nor features."""
