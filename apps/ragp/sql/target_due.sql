-- Children whose facts have changed, and those whose rating may change with time alone. The marks are claimed now:
-- a mark made while this runs waits for it, then stands. Once another scheme is live, everybody is due.
with claimed as (delete from children_stale returning child_id)
insert into ragp_target (child_id)
select child_id from claimed
union
select child_id from ragp_assessment where superseded_at is null and holds_until <= %(true_at)s
union
-- not rated because nothing behind it was fresh: a file that has come since may have changed that
select child_id from ragp_assessment
where superseded_at is null and unrated = 'stale'
  and assessed_at < (select max(committed_at) from extracts_extract where state = 'committed')
union
select id from children_child
where merged_into_id is null and not withdrawn
  and (exists (select from ragp_assessment where superseded_at is null and scheme_id < %(scheme)s)
       or exists (select from ragp_assessment where superseded_at is null and scheme_id > %(scheme)s));
