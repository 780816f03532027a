-- Nobody at a setting has seen a draft: one that no longer says what is so leaves nothing behind.
delete from lists_entry where list_id in (select replaces_id from lists_new);
delete from lists_departure where list_id in (select replaces_id from lists_new);
delete from lists_basis where list_id in (select replaces_id from lists_new);
delete from lists_snag where list_id in (select replaces_id from lists_new);
delete from lists_weeklylist where id in (select replaces_id from lists_new);
