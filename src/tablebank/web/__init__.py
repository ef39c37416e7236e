"""The HTML face: pages for the floor, the cage, the count room and revenue audit."""
