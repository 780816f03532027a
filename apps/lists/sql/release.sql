-- Out go the lists that nothing speaks against any more; one with a snag goes back to be looked at.
update lists_weeklylist l
set state = case when snagged.held then 'drafted' else 'released' end,
    released_by = case when not snagged.held then %(by)s end,
    released_at = case when not snagged.held then %(at)s end,
    checked_by = case when not snagged.held then l.checked_by end,
    checked_at = case when not snagged.held then l.checked_at end
from (
    select w.id, exists (select from lists_snag s where s.list_id = w.id and s.settled_at is null) as held
    from lists_weeklylist w where w.id = any(%(lists)s)
) snagged
where snagged.id = l.id and l.state in ('drafted', 'checked')
returning l.id, l.state;
