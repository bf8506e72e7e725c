"""Links out of the site: are they still what they were? Asked politely, remembered, told.

Each host is asked one thing at a time, with pauses, and not what its robots.txt keeps from robots. What came
of it is kept with its age, so that a check that was cut short goes on where it was.
"""
