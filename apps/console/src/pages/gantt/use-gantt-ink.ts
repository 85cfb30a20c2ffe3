import { useMemo } from 'react'
import { useLook } from '../../house/use-look.ts'
import type { Ink } from './draw-gantt.ts'

const NAMES = ['surface', 'sunken', 'ink', 'muted', 'line', 'accent', 'lamp'] as const

/** Colours of look/tokens.css for a canvas, which knows no CSS variables. Read anew when the look changes. */
export function useGanttInk(): (frame: HTMLElement) => { readonly ink: Ink; readonly font: string } {
  const look = useLook()
  return useMemo(() => {
    let kept: { readonly ink: Ink; readonly font: string } | undefined
    return (frame) => {
      if (kept && frame.ownerDocument.documentElement.dataset.look === look) return kept
      const style = getComputedStyle(frame)
      const ink = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]))
      kept = { ink: ink as unknown as Ink, font: `11.5px ${style.fontFamily}` }
      return kept
    }
  }, [look])
}
