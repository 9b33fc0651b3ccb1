"""The demonstration: a small 2016 through the whole office, and a report that must add up.

`ptsp demo` starts the stack, plays everyone who works or applies there, and compares at the end what the databases, the
broker and both sites say with what was done. Nothing here is used by the office itself.

    people       who applies, for what place          attachments  the papers they hand in
    scenario     what will happen to each file        paper_clock  when it happened in 2016
    desk_diary   who is free when                     actors       who acts, with a statement
    ears         facts heard from the bus             asking       commands, repeated until answered
    life         one file from submission to archive  driver       all files together
    gather       figures from databases and broker    sites        both sites, object by object
    checks       what does not add up, in words       demonstration  all of it, set-up to report
    report       the figures in order                 page         the report as a page to open

`ptsp demo --services` plays every service and every licence type instead:

    every_offering   what will happen to each file    by_offering      what became of it, steps and time
    services_screen, services_page, services_words    how that is shown
"""
