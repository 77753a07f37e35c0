"""
The one room that speaks to other machines, and only when ``network fetch`` is given.

What is sent: the name of an extract, or the place or box that the person typed; and the name of this package.
"""
