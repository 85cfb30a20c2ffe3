/** When an area has which period: months, and the periods of a day with the hour at which each begins. */
export interface TariffArea {
  readonly zh: string
  readonly en: string
  readonly seasons: readonly (readonly [months: readonly number[], day: string])[]
}

const YEAR = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

/**
 * Time-of-use windows of the 31 areas of China that have them, as their provincial commissions had published them by February
 * 2026; local time. S super-peak, P peak, F flat, V valley, D deep valley. A month that is missing was published with gaps.
 * Areas change them by decree: whoever bills by them compares first, and states windows where they differ.
 */
export const TARIFF_AREAS: readonly TariffArea[] = [
  { zh: '安徽', en: 'Anhui', seasons: [[[2, 3, 4, 5, 6, 10, 11], 'V00 P06 F08 D11 F15 P16 F22 V23']] },
  {
    zh: '北京',
    en: 'Beijing',
    seasons: [
      [[1, 12], 'V00 F07 P10 F13 P17 S18 P21 F22 V23'],
      [[2, 3, 4, 5, 6, 9, 10, 11], 'V00 F07 P10 F13 P17 F22 V23'],
      [[7, 8], 'V00 F07 P10 S11 P13 S16 P17 F22 V23'],
    ],
  },
  {
    zh: '福建',
    en: 'Fujian',
    seasons: [
      [[1, 2, 3, 4, 5, 6, 10, 11, 12], 'V00 F08 P10 F12 P15 F20 P21 F22'],
      [[7, 8, 9], 'V00 F08 P10 S11 P12 F15 S17 P18 F20 P21 F22'],
    ],
  },
  { zh: '甘肃', en: 'Gansu', seasons: [[YEAR, 'F00 P06 F08 V10 F16 P18 F23']] },
  {
    zh: '广东珠三角',
    en: 'Guangdong Pearl River Delta',
    seasons: [
      [[1, 2, 3, 4, 5, 6, 10, 11, 12], 'V00 F08 P10 F12 P14 F19'],
      [[7, 8, 9], 'V00 F08 P10 S11 F12 P14 S15 P17 F19'],
    ],
  },
  { zh: '贵州', en: 'Guizhou', seasons: [[YEAR, 'V00 F08 P10 F11 V13 F15 P17 F22']] },
  {
    zh: '海南',
    en: 'Hainan',
    seasons: [
      [[1, 2, 3, 4, 8, 9, 10, 11, 12], 'V00 F07 P10 F12 P16 F22 V23'],
      [[5, 6, 7], 'V00 F07 P10 F12 P16 S20 P22'],
    ],
  },
  {
    zh: '河北北网',
    en: 'Hebei north grid',
    seasons: [
      [[1, 2, 12], 'V00 F07 P17 F19 P21 F23'],
      [[3, 4, 5, 9, 10, 11], 'V00 F07 P08 F11 P16 F18 P21 F23'],
      [[6, 7, 8], 'V00 F07 P08 F11 P13 F17 P21 F22 V23'],
    ],
  },
  {
    zh: '河北南网',
    en: 'Hebei south grid',
    seasons: [
      [[1, 2, 12], 'F00 V02 F06 P07 F09 V11 F15 S17 P19 F23'],
      [[3, 4, 5], 'F00 V03 F07 V11 D12 F15 P16'],
      [[6, 7, 8], 'F00 V01 F07 V12 F14 P16 S19 P22'],
      [[9, 10, 11], 'F00 V02 F06 V11 D12 V14 F15 P16'],
    ],
  },
  { zh: '黑龙江', en: 'Heilongjiang', seasons: [[YEAR, 'V00 F05:30 P07 F08 P09 F11:30 V12 F14 P15:30 F20 V23:30']] },
  {
    zh: '河南',
    en: 'Henan',
    seasons: [
      [[1, 12], 'V00 F07 P16 S17 P19'],
      [[2, 6], 'V00 F07 P16'],
      [[3, 4, 5, 9, 10, 11], 'V00 F06 V11 F14 P16'],
      [[7, 8], 'V00 F07 P16 S20 P23'],
    ],
  },
  {
    zh: '湖北',
    en: 'Hubei',
    seasons: [
      [[1, 2, 3, 4, 5, 6, 9, 10, 11, 12], 'V00 F06 V12 F14 P18 F20'],
      [[7, 8], 'V00 F06 V12 F14 P16 S20 P22'],
    ],
  },
  {
    zh: '湖南',
    en: 'Hunan',
    seasons: [
      [[1, 12], 'V00 F06 V12 F14 P16 S18 P22'],
      [[2, 3, 4, 5, 6, 9, 10, 11], 'V00 F06 V12 F14 P16'],
      [[7, 8], 'V00 F06 V12 F14 P16 S20'],
    ],
  },
  {
    zh: '江苏',
    en: 'Jiangsu',
    seasons: [
      [[1, 2, 6, 7, 8, 12], 'V00 F06 V11 F13 P14 F22'],
      [[3, 4, 5, 9, 10, 11], 'F00 V02 F06 V10 F14 P15 F22'],
    ],
  },
  {
    zh: '江西',
    en: 'Jiangxi',
    seasons: [
      [[1, 12], 'V00 F06 P09 F12 S18 P20 F21'],
      [[2], 'V00 F06 P16 F22'],
    ],
  },
  {
    zh: '冀北',
    en: 'Jibei',
    seasons: [
      [[1, 11, 12], 'F00 P07 F09 D12 F15 P16 S17 P19 F22'],
      [[2, 3, 4, 5, 9, 10], 'F00 V01 F06 V12 F15 P16 F22'],
      [[6, 7, 8], 'V00 F07 P10 F12 P16 S18 P21 F22'],
    ],
  },
  { zh: '吉林', en: 'Jilin', seasons: [[YEAR, 'V00 F05 P08 F10 V11 F14 P16 F21 V23']] },
  {
    zh: '蒙东',
    en: 'Mengdong',
    seasons: [
      [[1, 11, 12], 'V00 F04 P08 F11 P19 F21'],
      [[2, 3, 4, 5, 9, 10], 'V00 F04 P08 F11 P19'],
      [[6, 7, 8], 'V00 F05 P06 F09 V11 D12 F14 P17 S18 P20 F22'],
    ],
  },
  { zh: '蒙西', en: 'Mengxi', seasons: [[YEAR, 'F00 P07 V09 P17 F23']] },
  { zh: '宁夏', en: 'Ningxia', seasons: [[YEAR, 'F00 P07 V09 P17 F23']] },
  { zh: '青海', en: 'Qinghai', seasons: [[YEAR, 'F00 P07 V09 P17 F23']] },
  {
    zh: '陕西',
    en: 'Shaanxi',
    seasons: [
      [[1, 12], 'V00 F06 V11 F14 P16 S18 P20 F23'],
      [[2, 3, 4, 5, 6, 9, 10, 11], 'V00 F06 V11 F14 P16 F23'],
      [[7, 8], 'V00 F06 V11 F14 P16 S19 P21 F23'],
    ],
  },
  {
    zh: '山东',
    en: 'Shandong',
    seasons: [
      [[1, 7, 8, 12], 'V00 F07 V09 F16 S17 F22 V23'],
      [[2], 'V00 F07 V09 F16 P17 F22 V23'],
      [[3, 4, 5, 6, 9, 10, 11], 'V00 F07 V09 F14 P16 F21 V23'],
    ],
  },
  {
    zh: '上海',
    en: 'Shanghai',
    seasons: [
      [[1, 12], 'V00 F06 P08 F11 P18 S19 P21 V22'],
      [[2, 3, 4, 5, 6, 10, 11], 'V00 F06 P08 F11 P18 F21 V22'],
      [[7, 8, 9], 'V00 F06 P08 S12 P14 F15 P18 F21 V22'],
    ],
  },
  { zh: '山西', en: 'Shanxi', seasons: [[[2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 'V00 F07 P08 V11 F13 P17 F23']] },
  {
    zh: '深圳',
    en: 'Shenzhen',
    seasons: [
      [[1, 2, 3, 4, 5, 6, 10, 11, 12], 'V00 F08 P10 F12 P14 F19'],
      [[7, 8, 9], 'V00 F08 P10 S11 F12 P14 S15 P17 F19'],
    ],
  },
  {
    zh: '四川',
    en: 'Sichuan',
    seasons: [
      [[1, 12], 'V00 F08 P10 F12 P16 F22'],
      [[3, 4, 5, 6, 10, 11], 'V00 F08 P10 F12 P17 V22'],
      [[7, 8, 9], 'V00 F07 P11 F18 P20 F23'],
    ],
  },
  {
    zh: '天津',
    en: 'Tianjin',
    seasons: [
      [[1, 2, 12], 'V00 F06 P08 F10 V12 F14 P16 S18 P20 F22'],
      [[3, 4, 5, 6, 9, 10, 11], 'V00 F06 P08 F10 V12 F14 P16 F22'],
      [[7, 8], 'F00 V01 F09 P15 S20 P22 F23'],
    ],
  },
  {
    zh: '新疆',
    en: 'Xinjiang',
    seasons: [
      [[1, 11, 12], 'V00 F04 P08 F11 P19 F21'],
      [[2, 3, 4, 9, 10], 'V00 F04 P08 F11 P19'],
      [[5, 6, 7, 8], 'V00 F04 P08 F11 D14 F16 P19'],
    ],
  },
  { zh: '云南', en: 'Yunnan', seasons: [[YEAR, 'F00 V02 F06 P07 F09 V12 F16 P18']] },
  {
    zh: '浙江',
    en: 'Zhejiang',
    seasons: [
      [[1, 7, 8, 12], 'V00 P08 S09 D11 F14 S15 P17 F23'],
      [[2, 3, 4, 5, 6, 9, 10, 11], 'V00 P08 V11 P13 F17'],
    ],
  },
]
