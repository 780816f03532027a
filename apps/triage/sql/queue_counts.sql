select setting_id, setting, hidden, waiting, over, due_today, artefacts, oldest from vcdb_queue(%(now)s, %(day_ends)s)
