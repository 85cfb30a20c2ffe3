/** Characters shown of a long value, with the matching piece inside. */
const SHOWN = 240

/**
 * A value in three pieces: before, the piece that a rule's comparison speaks of, after. Rules compare without regard to case;
 * `wanted` may carry modifiers and wildcards, its longest plain piece is looked for. The whole value is marked where none is found.
 */
export function markParts(value: string, wanted: string): readonly [string, string, string] {
  const plain = plainPiece(wanted)
  const at = plain === '' ? -1 : value.toLowerCase().indexOf(plain.toLowerCase())
  if (at < 0) return ['', cut(value), '']
  const before = value.slice(0, at)
  const after = value.slice(at + plain.length)
  const room = Math.max(40, SHOWN - plain.length) / 2
  return [
    before.length > room ? `…${before.slice(-room)}` : before,
    cut(value.slice(at, at + plain.length)),
    after.length > room ? `${after.slice(0, room)}…` : after,
  ]
}

/** The longest run of `wanted` without wildcards. */
function plainPiece(wanted: string): string {
  const pieces = wanted.split(/(?<!\\)[*?]/).map((piece) => piece.replace(/\\([*?\\])/g, '$1'))
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '')
}

const cut = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)
