import { defineErrors } from '@dengta/kernel'

export const statisticsErrors = defineErrors('statistics', {
  lengths_differ: {
    kind: 'invalid',
    en: '{truth} true values stand against {predicted} predicted ones; give one prediction for each row',
    zh: '真值有 {truth} 个，预测值有 {predicted} 个；请为每一行给出且仅给出一个预测',
  },
  no_rows: {
    kind: 'invalid',
    en: 'there is no row to score; select at least one row',
    zh: '没有可评分的行；请至少选取一行',
  },
  not_a_number: {
    kind: 'invalid',
    en: 'row {row} (counted from 0) holds a value that is not a finite number; replace it and score again',
    zh: '第 {row} 行（从 0 计）的值不是有限数；请修正后重新评分',
  },
  not_a_class: {
    kind: 'invalid',
    en: 'row {row} (counted from 0) holds a class that is not one of 0 to {last}; map every answer to a declared class',
    zh: '第 {row} 行（从 0 计）的类别不在 0 到 {last} 之间；请把每个答案映射到已声明的类别',
  },
  out_of_domain: {
    kind: 'invalid',
    en: '{name} = {value} is outside {domain}; correct the argument',
    zh: '{name} = {value} 超出取值范围 {domain}；请更正参数',
  },
})

/** Throws `statistics.out_of_domain` unless `holds`. */
export function requireDomain(holds: boolean, name: string, value: number, domain: string): void {
  if (!holds) throw statisticsErrors.out_of_domain({ name, value, domain })
}
