"""Outside knowledge: calendars of countries, mails as mail programs write them, mailboxes."""
