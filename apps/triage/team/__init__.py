"""How the queue is shared out among people: saved views, who takes which schools, workload, clocks run out, second looks, e-mail."""
