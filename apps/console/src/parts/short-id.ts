const SHOWN = 6

/** Short for a narrow column: `#5` of `ticket_live_5`, else the end of the id, which tells ids apart. The whole belongs in a hint. */
export function shortId(id: string): string {
  const [, number] = /_(\d+)$/.exec(id) ?? []
  return number === undefined ? `…${id.slice(-SHOWN)}` : `#${number}`
}
