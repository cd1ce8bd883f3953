import { rowGuard } from '../../../kernel/access/row-guard.ts'

/**
 * Whom a family's to-dos are for: who keeps the files. To others that may record in the registers the title would tell
 * whose family it is, and the link lead to nothing.
 */
export const KEEPING = 'hardship.read-confidential'

/** Files are guarded (db/migrations/0151). Who signs may be let in too; which files and how much of them is the query's matter. */
export const {
  open: openFiles,
  within: withFiles,
  /** Who passes a file on, or cleans up, opens none. */
  lift: withEveryFile,
} = rowGuard('hardship', [KEEPING, 'hardship.approve'])
