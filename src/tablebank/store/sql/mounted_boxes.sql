-- The boxes on the tables, each with the session it would be removed on and the first opener it served.
select m.id as mount_id, m.box_id, b.code as box, t.id as table_id, t.code as table_code, t.pit,
       m.mounted_at, s.id as session_id, s.phase, s.shift_code, s.closed_at,
       s.drop_window_start as window_start, s.drop_window_end as window_end, p.in_play_since
  from box_mount m
  join drop_box b on b.casino_id = m.casino_id and b.id = m.box_id
  join gaming_table t on t.casino_id = m.casino_id and t.id = m.table_id
  left join lateral (
       select s.* from table_session s
        where s.casino_id = m.casino_id and s.table_id = m.table_id and s.phase <> 'VOIDED'
          and s.ordinal >= m.serves_from
        order by s.ordinal desc limit 1) s on true
  left join lateral (
       select min(n.occurred_at) as in_play_since
         from table_session q
         join tray_snapshot n on n.casino_id = q.casino_id and n.session_id = q.id
              and n.kind = 'OPENING'
        where q.casino_id = m.casino_id and q.table_id = m.table_id and q.phase <> 'VOIDED'
          and q.ordinal >= m.serves_from) p on true
 where m.casino_id = %(casino)s and m.taken_off_at is null
   and (%(table)s::uuid is null or m.table_id = %(table)s)
 order by t.pit, t.code
