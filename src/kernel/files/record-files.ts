import { sql } from 'kysely'
import { refused } from '../contract/problem.ts'
import { builtInRegisters, catalogue, unitsOf } from '../register/registry.ts'
import { recordDetail, registerOfRecord } from '../register/list.ts'
import { requireAt } from '../register/reading.ts'
import { openRegister } from '../register/routes.ts'
import type { FileOwner } from './files.ts'

/** Attachments of records: read by whoever opens the record, changed by whoever may write it. */
export const recordFiles: FileOwner = {
  kind: 'record',

  async mayRead({ db }, actor, recordId) {
    const register = openRegister(
      await catalogue(db, unitsOf(actor)),
      actor,
      (await registerOfRecord(db, recordId)).register,
    )
    await recordDetail(db, actor, register, recordId)
  },

  async guards({ db }, recordId) {
    const { rows } = await sql<{ register: string; unitId: number; personId: number | null }>`
      select register, unit_id as "unitId", person_id as "personId" from kernel.record where id = ${recordId}`.execute(
      db,
    )
    const record = rows[0]
    if (!record || record.personId === null) return null
    const register = builtInRegisters().find((one) => one.id === record.register)
    return register?.confidential
      ? { personId: record.personId, unitId: record.unitId, what: `《${register.title}》记录` }
      : null
  },

  async mayChange({ db }, actor, recordId) {
    const kept = await registerOfRecord(db, recordId)
    const register = openRegister(await catalogue(db, unitsOf(actor)), actor, kept.register)
    await requireAt(db, actor, register, 'write', kept.unitId)
    const { rows } = await sql<{ state: string; title: string | null }>`
      select state, title from kernel.record where id = ${recordId}`.execute(db)
    if (rows[0]!.state === 'void') throw refused('record-void', '这条记录已作废，不能再增减附件。')
    return { unitId: kept.unitId, title: `“${rows[0]!.title ?? register.title}”` }
  },
}
