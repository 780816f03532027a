create temporary table incoming_professional (
    worker_id text, name text, job_title text, team text, agency text, phone text, email text, username text, left_on date
) on commit drop
