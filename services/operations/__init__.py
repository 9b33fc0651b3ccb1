"""Operations (operasi): operators see the bus in office words, and give parked messages back or give them up.

Hears: nothing. Says: nothing; what operators do is in the audit of the database `bus`, whichever way they do it.
Keeps: `pictures` (one: the bus at the last look, for the portal to show when nobody can be asked).
"""
