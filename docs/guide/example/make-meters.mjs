// A meter file to learn by: SITE draws BEFORE kW for four hours, then DURING kW from FROM to TO (RFC 3339). The readings are made up.
const [site, from, to, before, during] = process.argv.slice(2)
const [start, end] = [Date.parse(from), Date.parse(to)]
console.log('time,site,kw')
for (let at = start - 4 * 3_600_000; at < end; at += 60_000)
  console.log(`${new Date(at).toISOString()},${site},${at < start ? before : during}`)
