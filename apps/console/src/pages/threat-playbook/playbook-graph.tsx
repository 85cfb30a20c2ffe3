import type { PlaybookDetail } from '@dengta/sdk'
import { useState } from 'react'
import { Facts } from '../../parts/facts.tsx'
import { useApprovalName } from '../../parts/use-approval-name.ts'
import { useWords } from '../../words/use-words.ts'
import { cornerOf, edgePath, type GraphNode, graphSize, STEP } from './graph-shape.ts'
import styles from './playbook.module.css'
import { useEdgeName } from './use-edge-name.ts'

type Graph = PlaybookDetail['graph']

/** Kinds that go without saying. */
const SILENT = new Set(['completion', 'success'])

/** The workflow in the layers that the server laid out; a chosen step is read below. */
export function PlaybookGraph({ graph }: { readonly graph: Graph }) {
  const { t, count } = useWords()
  const [chosen, choose] = useState<string>()
  const { wide, tall } = graphSize(graph)
  const node = graph.nodes.find(({ id }) => id === chosen)
  return (
    <>
      <div className={styles.frame}>
        <div className={styles.graph} style={{ width: wide, height: tall }}>
          <svg
            width={wide}
            height={tall}
            role="img"
            aria-label={t('playbook.graphAlt', { steps: count(graph.nodes.length), edges: count(graph.edges.length) })}
          >
            <marker id="arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path className={styles.head} d="M0 0L8 4L0 8Z" />
            </marker>
            {graph.edges.map((edge) => (
              <Edge key={`${edge.from} ${edge.to} ${edge.kind}`} edge={edge} graph={graph} />
            ))}
          </svg>
          {graph.nodes.map((each) => (
            <Step key={each.id} node={each} graph={graph} chosen={each.id === chosen} choose={choose} />
          ))}
        </div>
      </div>
      <div aria-live="polite">{node && <StepFacts node={node} graph={graph} />}</div>
    </>
  )
}

function Edge({ edge, graph }: { readonly edge: Graph['edges'][number]; readonly graph: Graph }) {
  const edgeName = useEdgeName()
  const drawn = edgePath(edge, graph)
  if (!drawn) return null
  return (
    <>
      <path className={styles.edge} data-kind={edge.kind} d={drawn.path} markerEnd="url(#arrow)" />
      {!SILENT.has(edge.kind) && (
        <text className={styles.kind} x={drawn.at.x} y={drawn.at.y} textAnchor="middle">
          {edgeName(edge.kind)}
        </text>
      )}
    </>
  )
}

interface StepProps {
  readonly node: GraphNode
  readonly graph: Graph
  readonly chosen: boolean
  readonly choose: (id: string | undefined) => void
}

function Step({ node, graph, chosen, choose }: StepProps) {
  const { say, named } = useWords()
  const approvalName = useApprovalName()
  const { x, y } = cornerOf(node, graph)
  return (
    <button
      type="button"
      className={styles.step}
      data-type={node.type}
      aria-pressed={chosen}
      title={nameOf(node, { say, named })}
      style={{ left: x, top: y, width: STEP.wide, height: STEP.tall }}
      onClick={() => choose(chosen ? undefined : node.id)}
    >
      <span>{nameOf(node, { say, named })}</span>
      <small>
        {typeName(node, named)}
        {node.approval && node.approval !== 'none' && ` · ${approvalName(node.approval)}`}
      </small>
    </button>
  )
}

type Said = Pick<ReturnType<typeof useWords>, 'say' | 'named'>

const typeName = ({ type }: GraphNode, named: Said['named']): string => named(`stepType.${type}`, type)

/** A step without a name is called by its type. */
const nameOf = (node: GraphNode, { say, named }: Said): string =>
  node.name.en === node.type ? typeName(node, named) : say(node.name)

function StepFacts({ node, graph }: { readonly node: GraphNode; readonly graph: Graph }) {
  const { t, say, named } = useWords()
  const approvalName = useApprovalName()
  const edgeName = useEdgeName()
  const next = graph.edges.filter(({ from }) => from === node.id)
  const nextName = (id: string) => {
    const found = graph.nodes.find((each) => each.id === id)
    return found ? nameOf(found, { say, named }) : id
  }
  return (
    <Facts
      facts={[
        [t('playbook.step'), nameOf(node, { say, named })],
        [t('playbook.type'), typeName(node, named)],
        [t('playbooks.approval'), node.approval ? approvalName(node.approval) : '–'],
        [
          t('playbook.next'),
          next.length === 0
            ? t('playbook.end')
            : next.map(({ to, kind }) => `${nextName(to)} (${edgeName(kind)})`).join(', '),
        ],
      ]}
    />
  )
}
