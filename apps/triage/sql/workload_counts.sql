select officer, waiting, over, due_today, escalated from vcdb_workload(%(now)s, %(day_ends)s)
