import type { Text } from '@dengta/kernel'
import { spanText } from '../day/time-text.ts'

/** Times in RFC 3339, as a placement has them. */
interface Where {
  readonly site: string
  readonly startsAt: string
  readonly endsAt: string
}

/** Words of an engine: a text where it speaks both languages, else as it said them. */
type Said = string | Text

const inBoth = (said: Said): Text => (typeof said === 'string' ? { en: said, zh: said } : said)

function placed({ site, startsAt, endsAt }: Where): Text {
  const span = spanText(new Date(startsAt), new Date(endsAt))
  return { en: `it is placed at ${site} ${span.en}`, zh: `已安排在 ${site}，${span.zh}` }
}

/** Why a job of public compute stands where it stands. */
export const jobReasons = {
  nextPlan: (): Text => ({ en: 'it waits for the next plan, which is being made', zh: '等待正在生成的新计划' }),
  noDay: (): Text => ({
    en: 'no day is open; it is placed as soon as the operator opens one',
    zh: '当前没有开放的排程日；运营方开放后即予安排',
  }),
  nextDay: (): Text => ({
    en: 'the day in course has no room for it before it ends; it may be placed in the next one',
    zh: '当前排程日结束前已无余量；可安排到下一排程日',
  }),
  placed: (where: Where): Text => placed(where),
  /** `why`: what keeps this house from running it. */
  placedOnly: (where: Where, why: Text): Text => ({
    en: `${placed(where).en}, but will not start: ${why.en}`,
    zh: `${placed(where).zh}，但不会启动：${why.zh}`,
  }),
  running: (site: string, engine: string): Text => ({
    en: `it runs at ${site} (${engine})`,
    zh: `正在 ${site} 运行（${engine}）`,
  }),
  onFewerChips: (site: string, chips: number, ordered: number): Text => ({
    en: `it runs at ${site} on ${chips} of its ${ordered} chips to keep to a power limit, and grows again when there is room`,
    zh: `为遵守功率限额，正在 ${site} 以 ${ordered} 片芯片中的 ${chips} 片运行；有余量后恢复`,
  }),
  held: (site: string): Text => ({
    en: `its time has come; it is held until the power limit of ${site} leaves room for it`,
    zh: `已到开始时间；待 ${site} 的功率限额留出余量后启动`,
  }),
  offChips: (site: string): Text => ({
    en: `it was taken off its chips at ${site} to keep to a power limit, and goes on from its last checkpoint when there is room`,
    zh: `为遵守功率限额，已从 ${site} 的芯片上撤下；有余量后从最近的检查点继续`,
  }),
  waits: (site: string, said: Said): Text => {
    const { en, zh } = inBoth(said)
    return { en: `it waits for its turn at ${site}${en && `: ${en}`}`, zh: `在 ${site} 排队等待${zh && `：${zh}`}` }
  },
  notThere: (site: string, engine: string): Text => ({
    en: `it is placed at ${site}, where the engine (${engine}) of this house has no chips`,
    zh: `已安排在 ${site}，但本平台的执行引擎（${engine}）在该站点没有芯片`,
  }),
  notNow: (why: Text): Text => ({
    en: `the engine did not take it, and is asked again: ${why.en}`,
    zh: `执行引擎暂未接收，将再次尝试：${why.zh}`,
  }),
  refused: (why: Text): Text => ({ en: `the engine refused it: ${why.en}`, zh: `执行引擎拒绝了该作业：${why.zh}` }),
  done: (): Text => ({ en: 'it is done', zh: '已完成' }),
  failed: (said: Said): Text => {
    const { en, zh } = inBoth(said)
    return { en: `it failed: ${en}`, zh: `运行失败：${zh}` }
  },
  /** The engine shows it no more and tells of no end. */
  lost: (engine: string): Text => ({
    en: `the engine (${engine}) no longer knows this job, though it ran there; ask for it again`,
    zh: `该作业曾在执行引擎（${engine}）上运行，但引擎已无其记录；请重新申请`,
  }),
  foundNoPlace: (): Text => ({
    en: 'no place was found for it by its deadline; ask again with a later one',
    zh: '截止时间前未能安排；请以更晚的截止时间重新申请',
  }),
  cancelling: (): Text => ({ en: 'it is being cancelled by the engine', zh: '正在由执行引擎取消' }),
  cancelled: (): Text => ({ en: 'it was cancelled', zh: '已取消' }),
} as const
