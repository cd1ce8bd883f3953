import { requirePermission } from '../../../kernel/access/access.ts'
import type { FileOwner } from '../../../kernel/files/files.ts'
import { eventById } from './events.ts'

/** Photos and receipts of a visit: read by whoever sees the event, added by whoever records visits there. */
export const eventFiles: FileOwner = {
  kind: 'care-event',
  async mayRead({ db, today }, actor, eventId) {
    await eventById(db, actor, eventId, today())
  },
  async mayChange({ db, today }, actor, eventId) {
    const event = await eventById(db, actor, eventId, today())
    await requirePermission(db, actor, 'care.write', event.unitId, 'care.read')
    return { unitId: event.unitId, title: `走访${event.personName}` }
  },
}
