-- What nearly every figure begins with, worked out once for all of them: who belonged to whom, which children stood, what was open.
drop table if exists pg_temp.report_links, pg_temp.report_children, pg_temp.report_open;
create temp table report_links on commit drop as select * from vcdb_report_links(%(known)s);
create temp table report_children on commit drop as select * from vcdb_report_children(%(known)s, %(day)s);
create temp table report_open on commit drop as select * from vcdb_report_open(%(known)s, %(day)s);
