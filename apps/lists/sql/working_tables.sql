-- Working tables of one drafting, private to the session. Each has an index by its setting: of a new week's entries the planner has counted
-- none and may take them for one row; it then looks rows up here one by one, and without an index reads the whole table for each.
create temp table if not exists lists_roll (
    setting_id bigint not null, child_id bigint not null, subsidiary boolean not null, year_group text not null,
    primary key (setting_id, child_id)
) on commit delete rows;
create temp table if not exists lists_reader (
    setting_id bigint primary key, reader_id bigint not null, kind text not null
) on commit delete rows;
create temp table if not exists lists_shared (
    setting_id bigint not null, provider_id bigint not null, service text not null, content boolean not null,
    primary key (setting_id, provider_id, service)
) on commit delete rows;
create temp table if not exists lists_involved (
    setting_id bigint not null, child_id bigint not null, provider_id bigint not null, service text not null, start_on date,
    who text not null, phone text not null, named boolean not null
) on commit delete rows;
create temp table if not exists lists_draft (
    setting_id bigint not null, child_id bigint not null, public_id uuid not null, surname text not null, forename text not null,
    known_as text not null, dob date, year_group text not null, upn text not null, subsidiary boolean not null,
    band text not null, services jsonb not null, why jsonb not null, last_seen_on date, last_seen_by text not null,
    lead text not null, lead_phone text not null, primary key (setting_id, child_id)
) on commit delete rows;
create temp table if not exists lists_new (
    list_id bigint primary key, setting_id bigint not null, version int not null, before_id bigint, corrects_id bigint, replaces_id bigint
) on commit delete rows;
truncate lists_roll, lists_reader, lists_shared, lists_involved, lists_draft, lists_new;
