"""What is done to the amounts of a programme after it is divided: the sums of `gguplan.fund.adjustments`."""
