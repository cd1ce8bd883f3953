import { sql } from 'kysely'
import { requirePermission } from '../access/access.ts'
import { refused } from '../contract/problem.ts'
import { catalogue, permissionOf } from '../register/registry.ts'
import { recordDetail, registerOfRecord } from '../register/list.ts'
import { openRegister } from '../register/routes.ts'
import type { FileOwner } from './files.ts'

/** Attachments of records: read by whoever opens the record, changed by whoever may write it. */
export const recordFiles: FileOwner = {
  kind: 'record',

  async mayRead({ db }, actor, recordId) {
    const register = openRegister(await catalogue(db), actor, (await registerOfRecord(db, recordId)).register)
    await recordDetail(db, actor, register, recordId)
  },

  async mayChange({ db }, actor, recordId) {
    const kept = await registerOfRecord(db, recordId)
    const register = openRegister(await catalogue(db), actor, kept.register)
    const seeing = permissionOf(register.id, 'read')
    await requirePermission(db, actor, permissionOf(register.id, 'write'), kept.unitId, seeing)
    const { rows } = await sql<{ state: string; title: string | null }>`
      select state, title from kernel.record where id = ${recordId}`.execute(db)
    if (rows[0]!.state === 'void') throw refused('record-void', '这条记录已作废，不能再增减附件。')
    return { unitId: kept.unitId, title: `“${rows[0]!.title ?? register.title}”` }
  },
}
