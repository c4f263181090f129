SELECT harbour_sec.protect('sharing_share', 'person_id', 'sharing');
