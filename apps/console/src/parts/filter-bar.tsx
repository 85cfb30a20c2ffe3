import { Input, type InputRef, Select } from 'antd'
import { type ReactNode, type RefObject, useEffect, useState } from 'react'
import styles from './filter-bar.module.css'

export const FilterBar = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles.bar}>{children}</div>
)

interface SelectProps<V extends string> {
  readonly id: string
  readonly label: string
  readonly value: V | undefined
  readonly options: readonly { readonly value: V; readonly label: string }[]
  /** The word for no filter; without one there is always a value. */
  readonly any?: string
  readonly onChange: (value: V | undefined) => void
  readonly width?: number
}

export function FilterSelect<V extends string>({
  id,
  label,
  value,
  options,
  any,
  onChange,
  width = 130,
}: SelectProps<V>) {
  const all = any === undefined ? [...options] : [{ value: '' as const, label: any }, ...options]
  return (
    <label htmlFor={id}>
      {label}
      <Select<V | ''>
        id={id}
        aria-label={label}
        style={{ width }}
        value={value ?? ''}
        options={all}
        popupMatchSelectWidth={false}
        onChange={(next) => onChange(next === '' ? undefined : next)}
      />
    </label>
  )
}

interface TextProps {
  readonly id: string
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
  readonly input?: RefObject<InputRef | null>
  readonly width?: number
}

const PAUSE_MS = 250

/**
 * Handed on once the reader pauses: each letter would be a question to the server. A value that comes from elsewhere, such
 * as the way back, takes the place of what was typed.
 */
export function FilterText({ id, label, value, onChange, input, width = 240 }: TextProps) {
  const [typed, setTyped] = useState(value ?? '')
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  if (value !== seen) {
    setSeen(value)
    setSent(value)
    if (value !== sent) setTyped(value ?? '')
  }
  useEffect(() => {
    const next = typed.trim() || undefined
    if (next === value) return
    const timer = setTimeout(() => {
      setSent(next)
      onChange(next)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, value, onChange])
  return (
    <label htmlFor={id}>
      {label}
      <Input
        id={id}
        ref={input ?? null}
        allowClear
        maxLength={200}
        style={{ width }}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
    </label>
  )
}
