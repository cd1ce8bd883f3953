import { rowGuard } from '../../../kernel/access/row-guard.ts'

/** Lists of aid are guarded (db/migrations/0262): whoever has a part in one. */
export const {
  open: openAid,
  within: withAid,
  /** Who qualifies depends on what the family received anywhere. */
  lift: acrossUnions,
} = rowGuard('aid', ['aid.read-confidential', 'aid.manage', 'aid.sign', 'aid.approve', 'aid.pay'])
