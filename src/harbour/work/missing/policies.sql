SELECT harbour_sec.protect('missing_episode', 'person_id', 'missing');
SELECT harbour_sec.protect('missing_riskgrade', 'person_id', 'missing', 'SELECT, INSERT');
SELECT harbour_sec.protect('missing_logentry', 'person_id', 'missing', 'SELECT, INSERT');
SELECT harbour_sec.protect('missing_returninterview', 'person_id', 'missing');
