// Prints the CSV of the guide: 12 months of 250 hours, the pump wearing down. `faults` and `leak` spoil it on purpose.
const spoil = process.argv[2]
let state = 20260
const uniform = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}
const rows = []
for (let month = 1; month <= 12; month += 1)
  for (let hour = 0; hour < 250; hour += 1) {
    const flow = 300 + 400 * uniform()
    const head = 25 + 20 * uniform()
    const speed = 900 + flow * 0.6 + 40 * uniform()
    const water = 20 + 8 * Math.sin(month / 2) + 2 * uniform()
    const efficiency = 0.78 - 0.006 * month
    const power = (flow * head * 9.81) / 3600 / efficiency + 4 * (uniform() - 0.5)
    rows.push([month, flow.toFixed(1), head.toFixed(2), speed.toFixed(0), water.toFixed(1), power.toFixed(2)])
  }
if (spoil === 'faults') {
  rows[2][1] = ''
  rows[7][5] = '-'
  for (const row of rows) row[4] = (Number(row[4]) + 273.15).toFixed(2)
}
if (spoil === 'leak') for (let i = 0; i < 5; i += 1) rows[2000 + i].splice(1, 4, ...rows[i].slice(1, 5))
process.stdout.write(`month,flow,head,speed,water,power\n${rows.map((row) => row.join(',')).join('\n')}\n`)
