import { G1_REASONS } from './g1-reasons.ts'
import { G2_REASONS } from './g2-reasons.ts'
import { G3_REASONS } from './g3-reasons.ts'
import type { ReasonTable } from './reason-table.ts'

const TABLES: readonly (readonly [title: string, table: ReasonTable])[] = [
  ['G1 requirement 需求', G1_REASONS],
  ['G2 data 数据', G2_REASONS],
  ['G3 benchmark 基准评测', G3_REASONS],
]

const HEAD = `# Gates 关口

Written by \`UPDATE=1 npx vitest run packages/portfolio\`; a test holds it to the code.

A gate is a pure function over the records of one scenario. It answers OPEN 开放, CLOSED 关闭 or NOT_PROVEN 未证实, with its reasons and the ids of the records it was decided from. One reason that is not met closes it; else one that is unknown leaves it not proven. A gate rests on those before it: G3 on G2 of the benchmark, G2 on G1.

关口是对单个场景全部凭证的纯函数：给出结论、理由和所依据凭证的编号。任何一条理由不满足即关闭；没有不满足但有未知的，为未证实。G3 以基准的 G2 为前提，G2 以 G1 为前提。

| question | about | asks |
| -------- | ----- | ---- |
| G1 | the scenario 场景 | may the requirement be built against? 需求是否可检验 |
| G2 | a benchmark 基准 | may its data be scored on? 数据是否可用于评测 |
| G3 | a submission 提交 | is it proven on rows that its maker never saw? 是否在未见数据上得到证明 |

Whoever deletes or changes a record changes the decision or its basis. \`GET /api/v1/scenarios/:id/gates?at=<time>\` answers from the records that stood then; the time of a record is the time that the house wrote into it.

\`POST /api/v1/scenarios/:id/gates\` signs the answer as a record of kind \`gate\`, by the house. Its fields carry over to a SLSA Verification Summary (VSA v1):

| record | SLSA VSA |
| ------ | -------- |
| \`subject\` (scenario file, data commitment or model, by digest) | \`subject\` |
| \`verifier\` | \`verifier.id\` |
| \`at\` | \`timeVerified\` |
| \`about\` | \`resourceUri\` |
| \`policy\` | \`policy.uri\` |
| \`basis\` (ids of records: SHA-256 of their payloads) | \`inputAttestations[].digest.sha256\` |
| \`decision\`: OPEN | \`verificationResult\`: PASSED |
| \`decision\`: CLOSED or NOT_PROVEN | \`verificationResult\`: FAILED |
| \`gate\` where OPEN | \`verifiedLevels\` |
| \`reasons\` | no counterpart |

What is fixed in the code: intervals of at least 95 %, isolation at level bubblewrap, and for the advice on rows a model whose error is a fifth below what the threshold allows.
`

/** The text of docs/reference/gates.md: every finding that a gate can give, with its words in both languages. */
export function gatesReference(): string {
  return [HEAD, ...TABLES.map(([title, table]) => section(title, table))].join('\n')
}

function section(title: string, table: ReasonTable): string {
  const rows = Object.entries(table).flatMap(([code, findings]) =>
    Object.entries(findings).map(
      ([finding, { met, en, zh }]) => `| \`${code}\` | ${finding} | ${met} | ${en} | ${zh} |`,
    ),
  )
  return [
    `## ${title}\n`,
    '| code | finding | met | says | 说明 |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}
