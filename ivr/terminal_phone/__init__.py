"""A telephone in the terminal: one whole call by script or by hand, told as it happens.

Start reading in ``scripted`` (a call that runs by itself) or ``by_hand`` (a call somebody makes at the keyboard). Both
tell a ``script.Script`` what happens on the carrier, and know of the line only what a telephone can hear.
"""
