-- Who fits a cohort and by which facts, for as long as one transaction.
create temp table if not exists triage_fitting (child_id bigint primary key, contributions jsonb not null) on commit delete rows;
truncate triage_fitting;
