import type { StreamMark } from '../../ingest/source.ts'
import type { BatchPart } from '../batch.ts'
import { pipelineErrors } from '../pipeline-errors.ts'
import { type DamagedPart, readHead, readSegment, type SegmentPlace } from './read-segment.ts'
import { listSegments, type Segment } from './segment-files.ts'

/** A segment as recovery found it. */
interface FoundSegment extends Segment {
  /** First sequence of the segment; the last is one before `next`. */
  readonly first: number
  readonly next: number
  /** Offset behind its last whole frame. */
  readonly end: number
  /** What it was read with. */
  readonly place: SegmentPlace
}

export interface FoundJournal {
  readonly id: string | undefined
  readonly segments: readonly FoundSegment[]
  /** Files that hold no batch: a segment that never began, or one written over. */
  readonly unused: readonly Segment[]
  readonly marks: ReadonlyMap<string, StreamMark>
  readonly next: number
  /** What is broken of batches that are not processed. */
  readonly damage: readonly DamagedPart[]
}

/**
 * Reads what a stopped or killed process left. A torn tail ends its segment, damage before it is passed over and told. A
 * file that is missing behind the processed batches throws `threat_pipeline.journal_damaged`.
 */
export async function findJournal(folder: string, processed: number): Promise<FoundJournal> {
  const listed = await listSegments(folder)
  const heads = await Promise.all(listed.map(headOf))
  const journal = heads.findLast((head) => head)?.journal
  const sofar: Sofar = { marks: new Map(), damage: [], id: journal }
  let segments: FoundSegment[] = []
  const unused: Segment[] = []
  for (const [i, segment] of listed.entries()) {
    const before = segments.at(-1)
    const until = listed[i + 1]?.number === segment.number + 1 ? heads[i + 1]?.first : undefined
    const place = { sequence: before?.next ?? processed + 1, journal, until }
    const found = await findSegment(segment, place, sofar)
    if (!found) {
      unused.push(segment)
      continue
    }
    if (before?.next !== found.first) {
      if (found.first > processed + 1) {
        const sequence = Math.max(before?.next ?? 0, processed + 1)
        throw pipelineErrors.journal_damaged({ sequence, file: (before ?? found).path })
      }
      unused.push(...segments)
      segments = []
    }
    segments.push(found)
  }
  const damage = sofar.damage.filter((part) => isFeltBehind(part, processed))
  return { id: sofar.id, segments, unused, marks: sofar.marks, next: segments.at(-1)?.next ?? 1, damage }
}

/** Whether damage is more than the loss of what is processed. With the head of a file go the marks of its streams. */
export const isFeltBehind = ({ from, next }: DamagedPart, processed: number): boolean =>
  from === 0 || next > processed + 1

interface Head {
  readonly first: number
  readonly journal: string
}

/** Undefined where it is broken, or that of another segment. */
async function headOf({ path, number }: Segment): Promise<Head | undefined> {
  const head = await readHead(path)
  if (!head || head.table.segment !== number) return undefined
  return { first: head.sequence, journal: head.table.journal }
}

/** Gathered from segment to segment. */
interface Sofar {
  readonly marks: Map<string, StreamMark>
  readonly damage: DamagedPart[]
  id: string | undefined
}

/** Brings the marks to the end of the segment. */
async function findSegment(segment: Segment, place: SegmentPlace, sofar: Sofar): Promise<FoundSegment | undefined> {
  let found: FoundSegment | undefined
  for await (const part of readSegment(segment.path, place)) {
    if ('to' in part) {
      sofar.damage.push(part)
      found = { ...(found ?? { ...segment, place, first: part.sequence }), next: part.next, end: part.to }
    } else if ('table' in part.note) {
      if (part.note.table.segment !== segment.number) return undefined
      sofar.marks.clear()
      for (const [name, mark] of part.note.table.streams) sofar.marks.set(name, mark)
      found = { ...segment, place, first: part.sequence, next: part.sequence, end: part.end }
    } else if (found) {
      sofar.id ??= part.note.journal
      for (const each of part.note.parts) advance(sofar.marks, each)
      found = { ...found, next: part.sequence + 1, end: part.end }
    }
  }
  return found
}

/** A resumable part moves the mark of its stream. */
export function advance(
  marks: Map<string, StreamMark>,
  { stream, lines, linesBefore, position }: Pick<BatchPart, 'stream' | 'lines' | 'linesBefore' | 'position'>,
): void {
  if (position !== undefined) marks.set(stream, { position, lines: linesBefore + lines })
}
