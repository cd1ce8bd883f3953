import type { Writable } from 'node:stream'
import type { Actor } from '../access/actor.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Register } from '../register/declaration.ts'

/**
 * What a module writes to have its workbooks imported. The importer owns the run (upload, preview, commit once,
 * error workbook, counts, audit); a kind owns what a row means. Checking and committing each get one transaction, so a
 * kill in the middle leaves nothing half-done.
 */
export interface ImportKind {
  /** `members`, `ledger`: stands in the URL and in kernel.import_run. */
  readonly kind: string
  /** 会员花名册: stands in sentences. */
  readonly title: string
  /** What one row becomes, as a measure word: 人, 条. */
  readonly measure: string
  /** Whether the upload must name a year. */
  readonly needsYear: boolean
  /** @throws Problem unless the actor may import this kind into the unit. Asked at upload and again at commit. */
  authorise(db: Db | Tx, actor: Actor, unitId: number): Promise<void>
  /**
   * Reads the workbook, judges every row and stages it. Set-based: resolve names, numbers and duplicates by the batch
   * or by one statement over the staged rows, never by the row.
   * @throws Problem when the workbook as a whole can't be read; the run then fails with that sentence
   */
  check(context: CheckContext): Promise<CheckReport>
  /**
   * Writes the staged rows with status `new` and `update`. Must look again for duplicates: days may have passed since
   * the check. Audit of the run as a whole is the importer's; audit of single objects is the kind's choice.
   */
  commit(context: CommitContext): Promise<CommitOutcome>
  /** Writes the empty workbook. `options.registerObjects` matters to the ledger only. */
  template(out: string | Writable, options: TemplateOptions): Promise<void>
}

export interface ImportRun {
  id: number
  kind: string
  unitId: number
  year: number | null
  fileName: string
  status: 'uploaded' | 'checked' | 'committed' | 'failed'
}

export interface CheckContext {
  tx: Tx
  actor: Actor
  run: ImportRun
  /** The uploaded workbook on disk; give it to `openWorkbook` of kernel/xlsx/read.ts. */
  file: string
  /** `YYYY-MM-DD`, Asia/Shanghai. */
  today: string
  /** Inserts rows into kernel.import_row, in the order given. Call with some thousand rows at a time. */
  stage(rows: readonly StagedRow[]): Promise<void>
}

export type RowStatus = 'new' | 'update' | 'same' | 'error'

export interface RowError {
  /** Header as it stands in the workbook; absent when the row as a whole is wrong. */
  column?: string
  /** What is wrong and what to do. No ID number, no phone in it. */
  message: string
}

export interface StagedRow {
  sheet: string
  /** Row of the workbook, 1-based, as the officer sees it. */
  rowNo: number
  status: RowStatus
  errors?: readonly RowError[]
  /** What commit needs, as JSON; seal personal data before it goes in. Left out for `same` and most errors. */
  parsed?: unknown
  /** The row's cells as text in the order of the sheet's columns; only for bad rows, to hand them back. */
  original?: readonly string[]
  /** Rows that make one object together share a number. */
  groupNo?: number
  /** What an `update` or `same` row points at: person id, record id. */
  targetId?: number
}

/** A sheet as uploaded, so that the error workbook can repeat its columns. */
export interface SheetLayout {
  name: string
  headers: readonly string[]
  /** Register of a ledger's sheet: who may not import it sees none of the run's rows. */
  register?: string
}

export interface CheckReport {
  sheets: readonly SheetLayout[]
  /** Sentences for the officer: unknown sheets and columns by name, hidden sheets, ignored formulas. */
  notices: readonly string[]
}

export interface CommitContext {
  tx: Tx
  actor: Actor
  run: ImportRun
  today: string
  /** Staged rows by status, in the order of the workbook, in batches: `for await (const batch of rows(['new']))`. */
  rows(statuses: readonly RowStatus[], batchSize?: number): AsyncIterable<StoredRow[]>
}

export interface StoredRow extends StagedRow {
  id: number
}

/** Counted in the kind's measure: persons, records. */
export interface CommitOutcome {
  created: number
  updated: number
  same: number
  /** Further sentences worth saying: 另建立 3 名非会员联系人。 */
  notes?: readonly string[]
}

export interface TemplateOptions {
  unitId?: number
  /** The ledger's registers, already looked up. */
  registerObjects?: readonly Register[]
}
