import type { SiteBoard } from '@dengta/sdk'
import { clockOf } from '../../parts/clock.ts'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import { worthOf } from './worth.ts'

/** The prices that prove the bound, at their highest: where one more MW or chip would be worth most, and when. */
export function WorthTable({ board }: { readonly board: SiteBoard }) {
  const { t, amount, count } = useWords()
  return (
    <ScrollTable
      label={t('plan.prices')}
      heads={[t('worth.limit'), t('worth.kind'), t('worth.most'), t('worth.when'), t('worth.scarce')]}
      numeric={[2, 4]}
      rows={worthOf(board).map(({ of, name, yuan, slot, scarce }) => ({
        key: `${of} ${name}`,
        cells: [
          name,
          <Tag key="kind">{t(`worth.of.${of}`)}</Tag>,
          yuan === 0 ? t('worth.nothing') : t(of === 'chips' ? 'worth.perChip' : 'worth.perMw', { yuan: amount(yuan) }),
          yuan === 0 ? '–' : clockOf(slot * board.slotMinutes),
          t('worth.slots', { scarce: count(scarce), slots: count(board.slots) }),
        ],
      }))}
    />
  )
}
