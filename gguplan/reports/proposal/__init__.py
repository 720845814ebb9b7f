"""The proposal to the general assembly: a paper in Word, or as PDF, that says what a scenario comes to."""
