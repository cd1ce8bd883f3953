import type { Actor } from '../../../kernel/access/actor.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import { qrOf } from '../../../kernel/documents/qr.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { itemFor, type Item } from './items.ts'

/** What hangs on the wall: the item and a QR that leads members to it, where they can ask. */
export interface Sheet {
  item: Item
  /** SVG as a data address. */
  qr: string
  address: string
}

export async function sheetOf(services: Services, actor: Actor, id: number): Promise<Sheet> {
  const item = await itemFor(services.db, actor, id)
  if (item.state !== 'published' && item.state !== 'ended')
    throw refused('not-published', '这一事项还没有批准公开，不能打印张贴。')
  const address = `${services.config.publicUrl}/board/${id}`
  return { item, address, qr: await qrOf(address) }
}
