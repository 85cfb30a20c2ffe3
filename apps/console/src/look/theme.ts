import { type ThemeConfig, theme } from 'antd'

export type Look = 'light' | 'dark'

const COLOURS = {
  light: {
    accent: '#0b6370',
    ground: '#f3f5f3',
    surface: '#ffffff',
    ink: '#14211f',
    muted: '#55625f',
    line: '#d5dbd7',
    closed: '#ae2a20',
  },
  dark: {
    accent: '#5fbfcb',
    ground: '#0d1416',
    surface: '#141d20',
    ink: '#e3ebe9',
    muted: '#9aaaa8',
    line: '#28363a',
    closed: '#f29087',
  },
} as const

/** The values of look/tokens.css for antd's controls. */
export function antdTheme(look: Look): ThemeConfig {
  const colour = COLOURS[look]
  return {
    algorithm: look === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: colour.accent,
      colorLink: colour.accent,
      colorInfo: colour.accent,
      colorBgLayout: colour.ground,
      colorBgContainer: colour.surface,
      colorBgElevated: colour.surface,
      colorTextBase: colour.ink,
      colorBorderSecondary: colour.line,
      colorTextPlaceholder: colour.muted,
      colorTextDescription: colour.muted,
      borderRadius: 5,
      fontFamily: 'var(--sans)',
      fontFamilyCode: 'var(--mono)',
      fontSize: 14,
      ...(look === 'dark' ? { colorTextLightSolid: '#06181b' } : {}),
    },
    components: {
      Table: { headerBg: 'transparent', cellPaddingBlock: 9, cellPaddingInline: 12 },
      Button: { primaryShadow: 'none', defaultShadow: 'none', colorError: colour.closed },
    },
  }
}
