import type { ReactElement } from 'react'

/** One hand-drawn set, 20 × 20, stroke 1.5: no icon font, nothing to load. */
const drawings = {
  desk: 'M3 4h14v9H3zM7 17h6M10 13v4',
  book: 'M4 3.500h9.500a2 2 0 0 1 2 2V17H6a2 2 0 0 1-2-2zM4 15a2 2 0 0 1 2-2h9.500M7.500 7h5',
  figures: 'M3 17h14M5.500 17v-6M10 17V4M14.500 17V8',
  report: 'M5 2.500h7l3.500 3.500V17.500H5zM12 2.500V6h3.500M7.500 10h5M7.500 13h5',
  tree: 'M10 3v4M4.500 13v-3h11v3M10 7v6M2.500 13h4v4h-4zM8 13h4v4H8zM13.500 13h4v4h-4zM8 3h4v4H8z',
  people:
    'M7.500 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 17c0-3 2.300-5 5.500-5s5.500 2 5.500 5M13 4a3 3 0 0 1 0 5.500M15 12.500c1.900.700 3 2.300 3 4.500',
  upload: 'M10 13V3.500M6 7l4-3.500L14 7M3.500 13v3.500h13V13',
  download: 'M10 3.500V13M6 9.500l4 3.500 4-3.500M3.500 14v2.500h13V14',
  badge:
    'M4 5h12v12H4zM8 3h4v3H8zM10 12.200a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600zM7.500 15c.300-1.300 1.200-2 2.500-2s2.200.700 2.500 2',
  eye: 'M2 10s3-5.500 8-5.500S18 10 18 10s-3 5.500-8 5.500S2 10 2 10zM10 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  sliders: 'M4 3v6M4 13v4M10 3v3M10 10v7M16 3v8M16 15v2M2 11h4M8 8h4M14 13h4',
  log: 'M3.500 4h13M3.500 8h13M3.500 12h8M3.500 16h6',
  scale: 'M10 3v14M6 17h8M4 6h12M4 6l-2 6h4zM16 6l-2 6h4z',
  shield: 'M10 2.500l6 2v5c0 4-2.500 6.500-6 8-3.500-1.500-6-4-6-8v-5z',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.500 1.500h-13zM8.500 15.500a1.500 1.500 0 0 0 3 0',
  search: 'M9 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM13 13l4 4',
  down: 'M5 8l5 5 5-5',
  right: 'M8 5l5 5-5 5',
  left: 'M12 5l-5 5 5 5',
  more: 'M4 10h.010M10 10h.010M16 10h.010',
  plus: 'M10 4v12M4 10h12',
  print: 'M6 7V3h8v4M6 14H3.500V7h13v7H14M6 11.500h8V17H6z',
  columns: 'M3 4h14v12H3zM8 4v12M13 4v12',
  close: 'M5 5l10 10M15 5L5 15',
  star: 'M10 3l2.200 4.500 5 .700-3.600 3.500.900 5L10 14.300 5.500 16.700l.900-5L2.800 8.200l5-.700z',
  edit: 'M4 16l.800-3.500L13 4.300l2.700 2.700-8.200 8.200zM11.500 5.800l2.700 2.700',
  warn: 'M10 3l8 14H2zM10 8v4.500M10 14.500v.010',
  check: 'M4 10.500l4 4 8-9',
  person: 'M10 9.500a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400zM4 17c0-3.300 2.500-5.300 6-5.300s6 2 6 5.300',
  refresh: 'M16 10a6 6 0 1 1-1.800-4.300M16 3v4h-4',
  fold: 'M3 4h14v12H3zM7.500 4v12M13.500 8l-2 2 2 2',
} as const
export type IconName = keyof typeof drawings

export function Icon({
  name,
  size = 18,
  filled = false,
}: {
  name: IconName
  size?: number
  filled?: boolean
}): ReactElement {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.6 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={drawings[name]} />
    </svg>
  )
}
