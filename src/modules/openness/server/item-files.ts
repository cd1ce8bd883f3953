import { requirePermission } from '../../../kernel/access/access.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { FileOwner } from '../../../kernel/files/files.ts'
import { boardItem } from './board.ts'
import { itemFor } from './items.ts'

/** Attachments of items: read by whoever reads the item, at the desk or on the board; changed while it is a draft. */
export const itemFiles: FileOwner = {
  kind: 'openness-item',
  async mayRead({ db, today }, actor, id) {
    await itemFor(db, actor, id).catch(() => boardItem(db, actor, id, today()))
  },
  async mayChange({ db }, actor, id) {
    const item = await itemFor(db, actor, id)
    await requirePermission(db, actor, 'openness.write', item.unitId, 'openness.read')
    if (item.state !== 'draft' && item.state !== 'returned')
      throw refused('item-out', '这一事项已提交或已公开，不能再增减附件。')
    return { unitId: item.unitId, title: `“${item.title}”` }
  },
}
