-- Rows as they arrived, a partition for each extract: purging one drops a table.
create table extracts_row (
    extract_id bigint not null,
    module varchar(40) not null,
    row_no integer not null,
    local_id text not null,
    hash uuid not null,
    data jsonb not null,
    primary key (extract_id, module, row_no)
) partition by list (extract_id);

-- Working table of a load: which local ids an extract holds, and which of them have to be read.
create unlogged table extracts_bundle (
    extract_id bigint not null,
    local_id text not null,
    bundle_hash uuid not null,
    changed boolean not null default true
);
create index extracts_bundle_local on extracts_bundle (extract_id, local_id);

-- The pipeline role owns nothing, so these three act for it. A partition is filled before it is attached:
-- its key is then built once, and no reader of other extracts waits.
create function vcdb_rows_open(number bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform vcdb_rows_drop(number);
    execute format('create table extracts_row_%s (like extracts_row including defaults, '
                   'constraint extracts_row_%s_extract check (extract_id = %s))', number, number, number);
end $$;

create function vcdb_rows_close(number bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    execute format('alter table extracts_row attach partition extracts_row_%s for values in (%s)', number, number);
    execute format('alter table extracts_row_%s drop constraint extracts_row_%s_extract', number, number);
    execute format('analyze extracts_row_%s', number);
end $$;

create function vcdb_rows_drop(number bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    execute format('drop table if exists extracts_row_%s', number);
end $$;

revoke execute on function vcdb_rows_open(bigint), vcdb_rows_close(bigint), vcdb_rows_drop(bigint) from public;
do $$ begin
    if exists (select from pg_roles where rolname = 'vcdb_pipeline') then
        grant execute on function vcdb_rows_open(bigint), vcdb_rows_close(bigint), vcdb_rows_drop(bigint) to vcdb_pipeline;
    end if;
end $$;
