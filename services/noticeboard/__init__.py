"""The noticeboard (papan pengumuman): what people may see of each file, told by facts alone, for the portal to read.

Hears: every move of a file, the appointment, the SKRD and its payment, the licence and its revocation, recaps and tax
notes as papers. Says: nothing.
Keeps: one notice per file, one entry per paper that can be checked, one tally per day, and when it was last at work.
Nobody can be recognised by what it keeps: names are masked before they come here.
"""
