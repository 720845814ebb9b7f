"""What the page shows of an answer: written amounts and sentences, made from the result objects of the sums."""
