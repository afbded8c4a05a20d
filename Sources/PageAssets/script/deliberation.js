// deliberation
