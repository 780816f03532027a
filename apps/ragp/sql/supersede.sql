update ragp_assessment a set superseded_at = %(at)s from ragp_differing d where a.id = d.before_id;
