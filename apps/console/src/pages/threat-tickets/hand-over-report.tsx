import { ScrollTable } from '../../parts/scroll-table.tsx'
import { type ReportBlock, reportBlocks } from './report-blocks.ts'
import styles from './tickets.module.css'

/** A hand-over as the next shift reads it; its file is the same in Markdown. */
export function HandOverReport({ markdown }: { readonly markdown: string }) {
  return (
    <div className={styles.report}>
      {reportBlocks(markdown).map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a report is read once and does not move
        <Block key={i} block={block} />
      ))}
    </div>
  )
}

function Block({ block }: { readonly block: ReportBlock }) {
  switch (block.kind) {
    case 'title':
      return (
        <p>
          <b>{block.text}</b>
        </p>
      )
    case 'part':
      return <h3>{block.text}</h3>
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )
    case 'table':
      return (
        <ScrollTable
          label={block.heads.filter(Boolean).join(', ')}
          heads={block.heads}
          rows={block.rows.map((cells, i) => ({ key: String(i), cells }))}
        />
      )
    default:
      return <p>{block.text}</p>
  }
}
