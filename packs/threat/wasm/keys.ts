// Known paths of events by number: an open hash table of (parent, name) -> child. Slots of 16 bytes: parent, name, length, child.

let slots: usize = 0
let mask: u32 = 0

/** Uses the `size` (a power of two) zeroed slots at `at`. A slot is free while its child is zero. */
export function placeKeys(at: usize, size: u32): void {
  slots = at
  mask = size - 1
}

/** The name must be followed by eight readable bytes and stay where it is. */
export function addKey(parent: i32, name: usize, length: u32, child: i32): void {
  let at = hashOf(parent, name, length) & mask
  while (load<i32>(slots + (<usize>at << 4), 12) != 0) at = (at + 1) & mask
  const slot = slots + (<usize>at << 4)
  store<i32>(slot, parent)
  store<u32>(slot, <u32>name, 4)
  store<u32>(slot, length, 8)
  store<i32>(slot, child, 12)
}

/** The path below `parent` with this name; -1 where no rule asks for it. */
export function childOf(parent: i32, name: usize, length: u32): i32 {
  let at = hashOf(parent, name, length) & mask
  while (true) {
    const slot = slots + (<usize>at << 4)
    const child = load<i32>(slot, 12)
    if (child == 0) return -1
    if (load<u32>(slot, 8) == length && load<i32>(slot) == parent && sameBytes(load<u32>(slot, 4), name, length)) return child
    at = (at + 1) & mask
  }
}

// @ts-expect-error: AssemblyScript
@inline
function lastBytes(at: usize, length: u32): u64 {
  return length == 0 ? 0 : load<u64>(at) & (~(<u64>0) >> (64 - (length << 3)))
}

function hashOf(parent: i32, name: usize, length: u32): u32 {
  let hash: u64 = (<u64>(parent + 1) * 0x9e3779b97f4a7c15) ^ length
  let at = name
  let left = length
  for (; left >= 8; left -= 8, at += 8) hash = mix(hash ^ load<u64>(at))
  return <u32>(mix(hash ^ lastBytes(at, left)) >> 32)
}

// @ts-expect-error: AssemblyScript
@inline
function mix(hash: u64): u64 {
  const product = hash * 0xff51afd7ed558ccd
  return product ^ (product >> 29)
}

function sameBytes(a: usize, b: usize, length: u32): bool {
  let at: u32 = 0
  for (; at + 8 <= length; at += 8) if (load<u64>(a + at) != load<u64>(b + at)) return false
  return lastBytes(a + at, length - at) == lastBytes(b + at, length - at)
}
