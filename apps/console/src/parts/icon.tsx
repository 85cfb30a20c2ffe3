const PATHS = {
  menu: 'M3 6h18M3 12h18M3 18h18',
  sun: 'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM12 1v3M12 20v3M1 12h3M20 12h3M4.2 4.2l2.1 2.1M17.7 17.7l2.1 2.1M19.8 4.2l-2.1 2.1M6.3 17.7l-2.1 2.1',
  moon: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z',
  check: 'M4 12.5l5.5 5.5L20 6.5',
  cross: 'M5 5l14 14M19 5L5 19',
  question: 'M8.5 9a3.5 3.5 0 1 1 5 3.1c-1 .5-1.5 1.2-1.5 2.4M12 18.5v.1',
  download: 'M12 3v12M6.5 10L12 15.5 17.5 10M4 20.5h16',
  key: 'M14.5 3a6.5 6.5 0 0 0-6.2 8.4L2.5 17.2V21h4v-2.5H9V16l2-2a6.5 6.5 0 1 0 3.5-11zM16.5 7.5v.1',
} as const

export type IconName = keyof typeof PATHS

/** Decoration only: the words stand beside it or in the name of its control. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
