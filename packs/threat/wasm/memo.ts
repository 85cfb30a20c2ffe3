// What was found in values seen before: logs say the same again and again. A value is taken for another one only if it is the
// same bytes looked at by the same automata. Slots of 256 bytes: automata, length, number of ids, 15 ids, 184 bytes of value.

const SLOT_BITS: usize = 8
const IDS: usize = 12
const MOST_IDS: u32 = 15
const VALUE: usize = 72
/** Shorter values are read as quickly; longer ones do not fit. */
export const SHORTEST: usize = 24
export const LONGEST: usize = 184

let slots: usize = 0
let mask: u32 = 0
/** The slot being filled; 0 while nothing is. */
let open: usize = 0

/** Uses the `size` (a power of two) zeroed slots at `at`. */
export function placeMemo(at: usize, size: u32): void {
  slots = at
  mask = size - 1
}

/** The slot of a value, whether it is remembered there or not. */
export function slotOf(automata: usize, from: usize, length: usize): usize {
  let hash: u64 = (<u64>automata * 0x9e3779b97f4a7c15) ^ length
  let at = from
  for (const last = from + length - 8; at < last; at += 8) hash = mix(hash ^ load<u64>(at))
  hash = mix(hash ^ load<u64>(from + length - 8))
  return slots + (<usize>(<u32>(hash >> 32) & mask) << SLOT_BITS)
}

// @ts-expect-error: AssemblyScript
@inline
function mix(hash: u64): u64 {
  const product = hash * 0xff51afd7ed558ccd
  return product ^ (product >> 29)
}

export function remembers(slot: usize, automata: usize, from: usize, length: usize): bool {
  if (load<u32>(slot) != <u32>automata || load<u32>(slot, 4) != <u32>length) return false
  const value = slot + VALUE
  let at: usize = 0
  for (; at + 16 <= length; at += 16)
    if (v128.any_true(v128.xor(v128.load(value + at), v128.load(from + at)))) return false
  const last = length - 16
  return !v128.any_true(v128.xor(v128.load(value + last), v128.load(from + last)))
}

/** Ids found in the value of a slot: how many, and where the first stands. */
export function idCount(slot: usize): u32 {
  return load<u32>(slot, 8)
}

export function idsAt(slot: usize): usize {
  return slot + IDS
}

/** Starts to fill a slot with what is found from now on. */
export function beginSlot(slot: usize): void {
  open = slot
  store<u32>(slot, 0)
  store<u32>(slot, 0, 8)
}

/** Notes an id; a value with too many is not remembered. */
export function note(id: u32): void {
  if (open == 0) return
  const many = load<u32>(open, 8)
  if (many == MOST_IDS) open = 0
  else {
    store<u32>(open + IDS + (<usize>many << 2), id)
    store<u32>(open, many + 1, 8)
  }
}

export function endSlot(automata: usize, from: usize, length: usize): void {
  if (open == 0) return
  store<u32>(open, <u32>automata)
  store<u32>(open, <u32>length, 4)
  memory.copy(open + VALUE, from, length)
  open = 0
}
