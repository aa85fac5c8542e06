"""Three meetings to look around in, played through the product's own actions under a set clock."""
