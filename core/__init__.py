"""Words that every app uses: jobs, the mail outbox, audit, money, errors, page slots. It owns no model of the trade, but the
agency's own pages."""
