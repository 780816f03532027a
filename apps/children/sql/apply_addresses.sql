-- An address that differs replaces the feed's earlier one; a file that gives none leaves the last known address.
update children_recordaddress a set recorded_to = %(at)s
from children_plannedrecord pr
join extracts_stagedperson p on p.extract_id = pr.extract_id and p.local_id = pr.local_id
where pr.extract_id = %(extract)s and a.record_id = pr.record_id and a.feed_id = %(feed)s and a.recorded_to is null
  and (p.address <> '' or p.postcode <> '')
  and (a.address, a.postcode) is distinct from (p.address, p.postcode);

insert into children_recordaddress
    (record_id, feed_id, address, postcode, address_key, postcode_key, extract_id, row_no, recorded_from)
select pr.record_id, %(feed)s, p.address, p.postcode, p.address_key, p.postcode_key, pr.extract_id, p.row_no, %(at)s
from children_plannedrecord pr
join extracts_stagedperson p on p.extract_id = pr.extract_id and p.local_id = pr.local_id
left join children_recordaddress a on a.record_id = pr.record_id and a.feed_id = %(feed)s and a.recorded_to is null
where pr.extract_id = %(extract)s and pr.action <> 'gone' and (p.address <> '' or p.postcode <> '') and a.id is null;
