import type { Figure } from '../../kernel/facts/figures.ts'
import type { FigureText } from '../../kernel/facts/text.ts'
import type { Domain } from '../../kernel/register/declaration.ts'
import type { Run } from './clause.ts'

/** A figure as a report holds it: what was counted, for whom, when, and how it is printed. */
export interface ReportFigure extends Figure, FigureText {
  key: string
  unitId: number
  unitCode: string
  periodFrom: string
  periodTo: string
  /** Heading or table it first stands in. */
  section: string
  sentence: string
}

export type Cell = Run[]

export interface Block {
  /** Stable across regenerations: the clause, and the record where it has one. */
  id: string
  kind: 'heading' | 'paragraph' | 'table'
  level?: 1 | 2 | 3
  runs: Run[]
  section?: Domain | 'opening' | 'shortcomings' | 'plan' | 'closing' | 'appendix'
  /** Written or changed by hand: marked in every output. */
  manual?: true
  /** What the program wrote here, kept beside a changed sentence so that regenerating can tell. */
  generated?: Run[]
  columns?: { title: string; width?: number; align?: 'left' | 'right' | 'center' }[]
  rows?: Cell[][]
}

export interface Body {
  title: string
  addressee?: string
  blocks: Block[]
  figures: Record<string, ReportFigure>
  signature: { organ: string; date: string }
}

export const keyOf = (metric: string, from: string, to: string, recordId?: number): string =>
  `${metric}|${from}|${to}${recordId ? `|${recordId}` : ''}`

/** A block's text with its figures printed. */
export const textOf = (runs: readonly Run[], figures: Body['figures']): string =>
  runs.map((run) => ('text' in run ? run.text : (figures[run.figure]?.text ?? ''))).join('')
