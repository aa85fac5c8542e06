"""What guests see: the page behind a personal link, and the page of somebody who passes on for others."""
