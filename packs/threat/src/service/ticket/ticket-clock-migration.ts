/** Minutes between two times of the clock in a body; a key stands there without a backslash before its quotes, unlike in what people write. */
const minutes = (start: string, end: string): string =>
  `extract(epoch from ${timeOf(end)} - ${timeOf(start)})::double precision / 60`

function timeOf(key: string): string {
  return `substring(body from '"${key}":"([-0-9T:.]+Z)"')::timestamptz`
}

/** What figures over all tickets read, beside the body: it had to be read whole for each. */
export const ticketClock = `
alter table threat_tickets
  add column rank smallint not null default 0, add column looks integer not null default 0,
  add column detected_at timestamptz, add column closed_at timestamptz,
  add column to_detect double precision, add column to_acknowledge double precision,
  add column to_respond double precision, add column to_resolve double precision, add column to_close double precision;
update threat_tickets set
  rank = coalesce(array_position(array['informational', 'low', 'medium', 'high', 'critical'],
    substring(body from '"severity":"([a-z]+)"')) - 1, 0),
  looks = coalesce(substring(body from '"looks":([0-9]+)')::integer, 0),
  detected_at = ${timeOf('detected')}, closed_at = ${timeOf('closed')},
  to_detect = ${minutes('event', 'detected')}, to_acknowledge = ${minutes('detected', 'acknowledged')},
  to_respond = ${minutes('detected', 'responded')}, to_resolve = ${minutes('detected', 'resolved')},
  to_close = ${minutes('detected', 'closed')};
create index threat_tickets_detected on threat_tickets (detected_at);
create index threat_tickets_closed on threat_tickets (closed_at) where closed_at is not null;
create index threat_tickets_open on threat_tickets (rank desc, detected_at) where state <> 'closed';
`
