import type { Language } from '@dengta/sdk'
import { ruleExplanation } from '@dengta/sdk'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PreferencesProvider } from '../../house/preferences.tsx'
import { GOLDEN, GOLDEN_HOUSE } from '../../testing/golden-house.ts'
import { ExplanationView } from './explanation-view.tsx'

const GIVEN = ruleExplanation.parse(GOLDEN_HOUSE[`/threat/rules/${GOLDEN.rule}/explain`])

/** What a reader hears: marks as their words, one space between pieces. */
function told(explanation: typeof GIVEN, language: Language = 'en'): string {
  const html = renderToString(
    <PreferencesProvider initial={{ language }}>
      <ExplanationView explanation={explanation} />
    </PreferencesProvider>,
  )
  return html
    .replace(/<span[^>]*aria-label="([^"]*)"[^>]*>.<\/span>/g, ' [$1] ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

test('every comparison, the condition and the filter are told with their verdicts', () => {
  const text = told(GIVEN)
  for (const said of [
    '[does not hold] The rule does not fire for this event',
    '[holds] Log source wants windows / process_creation / *, the event is windows / process_creation / sysmon',
    '[holds] selection [holds] all of [holds] Image wants *\\powershell.exe finds C:\\Windows',
    '[does not hold] CommandLine wants * -encodedcommand * finds powershell.exe -NoP',
    '[holds] Condition selection and not filter_deployment',
    '[does not hold] Filter: Macros of the finance department [does not hold] not [holds] User',
  ])
    expect(text).toContain(said)
  expect(told(GIVEN, 'zh')).toContain('[不成立] 该事件未命中本规则')
})

test('keywords, absent values, cut lists and empty patterns are said in words', () => {
  const item = { depth: 0, holds: false, what: 'match' as const, match: { wanted: 'mimikatz', found: [] } }
  const text = told({
    ...GIVEN,
    detections: [{ name: 'words', holds: false, items: [item], more: 1200 }],
    conditions: [{ text: '1 of other_*', holds: false, namesNothing: true }],
  })
  expect(text).toContain('any value wants mimikatz finds nothing')
  expect(text).toContain('1,200 more comparisons are not shown')
  expect(text).toContain('1 of other_* A pattern in it names no detection and never holds.')
})
