-- What nearly every figure begins with, worked out once for all of them: who belonged to whom, which children stood, what was
-- open; and who was restricted.
drop table if exists pg_temp.report_links, pg_temp.report_children, pg_temp.report_open, pg_temp.report_restricted;
create temp table report_links on commit drop as select * from vcdb_report_links(%(known)s);
create temp table report_children on commit drop as select * from vcdb_report_children(%(known)s, %(day)s);
create temp table report_open on commit drop as select * from vcdb_report_open(%(known)s, %(day)s);
create temp table report_restricted on commit drop as
select distinct r.child_id from children_restriction r
where r.hides = 'child' and r.placed_at <= %(known)s and (r.lifted_at is null or r.lifted_at > %(known)s);
