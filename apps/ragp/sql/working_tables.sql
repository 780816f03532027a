-- Working tables of one assessment, private to the session: who is assessed, what came out, what differs.
create temp table if not exists ragp_target (child_id bigint primary key) on commit delete rows;
create temp table if not exists ragp_result (
    child_id bigint primary key, unrated text not null, band text not null, points int not null,
    contributions jsonb not null, holds_until date
) on commit delete rows;
create temp table if not exists ragp_differing (
    child_id bigint primary key, before_id bigint, after_id bigint not null, from_band text not null
) on commit delete rows;
truncate ragp_target, ragp_result, ragp_differing;
