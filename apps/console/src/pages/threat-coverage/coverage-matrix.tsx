import type { CoverageView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { useWords } from '../../words/use-words.ts'
import styles from './coverage.module.css'
import { depthOf, isShown, type Only, type Shade } from './shade.ts'

interface Props {
  readonly coverage: CoverageView
  readonly shade: Shade
  readonly only: Only
}

type Cell = CoverageView['tactics'][number]['techniques'][number]

/** Tactics from left to right; each technique leads to its rules. */
export function CoverageMatrix({ coverage: { tactics }, shade, only }: Props) {
  const { t, say } = useWords()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.frame} aria-label={t('coverage.matrix')} tabIndex={0}>
      <div className={styles.matrix} style={{ gridTemplateColumns: `repeat(${tactics.length}, minmax(81px, 1fr))` }}>
        {tactics.map((tactic) => {
          const shown = tactic.techniques.filter((technique) => isShown(technique, only))
          return (
            <section key={tactic.id} aria-label={say(tactic.name)}>
              <h2>
                {say(tactic.name)}
                <small>
                  {tactic.techniques.filter(({ rules }) => rules > 0).length}/{tactic.techniques.length}
                </small>
              </h2>
              <ul>
                {shown.map((technique) => (
                  <Technique key={technique.id} technique={technique} shade={shade} />
                ))}
              </ul>
              {shown.length === 0 && <p className={styles.none}>{t('coverage.none')}</p>}
            </section>
          )
        })}
      </div>
    </section>
  )
}

function Technique({ technique, shade }: { readonly technique: Cell; readonly shade: Shade }) {
  const { t, count } = useWords()
  const { id, name, rules, hits, parts } = technique
  const said = t('coverage.cell', { id, name, rules: count(rules), hits: count(hits) })
  const inParts = parts.map((part) => t('coverage.cell', { ...part, rules: count(part.rules), hits: count(part.hits) }))
  return (
    <li>
      <Link
        to="/serve/threat/rules"
        search={{ technique: id } as never}
        className={styles.cell}
        data-depth={depthOf(technique[shade], shade)}
        aria-label={said}
        title={[said, ...inParts].join('\n')}
      >
        <span className={styles.name}>{name}</span>
        <span className={styles.numbers}>
          {id}
          <b>
            {hits > 0 && <i aria-hidden="true" />}
            {count(technique[shade])}
          </b>
        </span>
      </Link>
    </li>
  )
}
