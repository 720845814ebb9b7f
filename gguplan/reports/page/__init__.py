"""One HTML file in which every municipality finds its bill, the sum behind it, and where it stands."""
