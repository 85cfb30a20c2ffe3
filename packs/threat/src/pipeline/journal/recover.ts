import type { StreamMark } from '../../ingest/source.ts'
import { pipelineErrors } from '../pipeline-errors.ts'
import { readSegment } from './read-segment.ts'
import { listSegments, type Segment } from './segment-files.ts'

/** A segment as recovery found it. */
interface FoundSegment extends Segment {
  /** First sequence of the segment; the last is one before `next`. */
  readonly first: number
  readonly next: number
  /** Offset behind its last whole frame. */
  readonly end: number
}

export interface FoundJournal {
  readonly id: string | undefined
  readonly segments: readonly FoundSegment[]
  /** Files that hold no batch: a segment that never began, or one written over. */
  readonly unused: readonly Segment[]
  readonly marks: ReadonlyMap<string, StreamMark>
  readonly next: number
}

/**
 * Reads what a stopped or killed process left. A torn tail ends its segment; a hole behind the processed batches is damage
 * and throws `threat_pipeline.journal_damaged`.
 */
export async function findJournal(folder: string, processed: number): Promise<FoundJournal> {
  let segments: FoundSegment[] = []
  const unused: Segment[] = []
  const marks = new Map<string, StreamMark>()
  let id: string | undefined
  for (const segment of await listSegments(folder)) {
    const found = await findSegment(segment, marks)
    if (!found) {
      unused.push(segment)
      continue
    }
    const before = segments.at(-1)
    if (before?.next !== found.first) {
      if (found.first > processed + 1)
        throw pipelineErrors.journal_damaged({
          sequence: Math.max(before?.next ?? 0, processed + 1),
          file: (before ?? found).path,
        })
      unused.push(...segments)
      segments = []
    }
    segments.push(found)
    id = found.journal
  }
  return { id, segments, unused, marks, next: segments.at(-1)?.next ?? 1 }
}

/** Brings the marks to the end of the segment. */
async function findSegment(
  segment: Segment,
  marks: Map<string, StreamMark>,
): Promise<(FoundSegment & { journal: string }) | undefined> {
  let found: (FoundSegment & { journal: string }) | undefined
  for await (const { note, sequence, end } of readSegment(segment.path)) {
    if ('table' in note) {
      if (note.table.segment !== segment.number) return undefined
      marks.clear()
      for (const [name, mark] of note.table.streams) marks.set(name, mark)
      found = { ...segment, journal: note.table.journal, first: sequence, next: sequence, end }
    } else if (found) {
      for (const part of note.parts) advance(marks, part)
      found = { ...found, next: sequence + 1, end }
    }
  }
  return found
}

/** A resumable part moves the mark of its stream. */
export function advance(
  marks: Map<string, StreamMark>,
  { stream, lines, position }: { stream: string; lines: number; position?: number | undefined },
): void {
  if (position === undefined) return
  marks.set(stream, { position, lines: (marks.get(stream)?.lines ?? 0) + lines })
}
