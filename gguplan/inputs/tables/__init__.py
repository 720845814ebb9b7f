"""Tables that somebody made: text files and workbooks in the layouts and notations that people use."""
