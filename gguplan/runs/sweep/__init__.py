"""A sweep as it is run: what is kept between, so that it can be taken up again."""
