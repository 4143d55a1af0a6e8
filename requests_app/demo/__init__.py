"""Made-up people and years of made-up requests, to try the product with."""
