select count(distinct (module, row_no)) from extracts_finding
where extract_id = %(extract)s and severity = 'error' and row_no is not null
