-- Working tables of one assessment, private to the session: who is assessed, what came out, what differs. Only the first is looked up.
create temp table if not exists ragp_target (child_id bigint primary key) on commit delete rows;
create temp table if not exists ragp_result (
    child_id bigint not null, unrated text not null, band text not null, points int not null,
    contributions jsonb not null, holds_until date,
    begun_by bigint[] -- where every reason came with the first file of its feed: those files
) on commit delete rows;
create temp table if not exists ragp_differing (
    child_id bigint not null, before_id bigint, after_id bigint not null, from_band text not null
) on commit delete rows;
create temp table if not exists ragp_first_file (extract_id bigint not null, as_of date, why text not null) on commit delete rows;
truncate ragp_target, ragp_result, ragp_differing, ragp_first_file;

-- the extracts that nothing of their feed was committed before
insert into ragp_first_file (extract_id, as_of, why)
select e.id, e.as_of, 'First file of ' || fd.title
from extracts_extract e
join extracts_feed fd on fd.id = e.feed_id
left join (select feed_id, min(id) as id from extracts_extract where state = 'committed' group by feed_id) c
    on c.feed_id = e.feed_id
where c.id is null or e.id <= c.id;
