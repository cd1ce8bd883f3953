import { sql } from 'kysely'
import { allows } from '../../../kernel/access/access.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { FileOwner } from '../../../kernel/files/files.ts'
import { applicationById } from './applications.ts'
import { acrossUnions, withAid } from './opening.ts'

/** Papers and photos of an application: the person's own and the officer's, changed until the list is drawn up. */
export const applicationFiles: FileOwner = {
  kind: 'aid-application',
  async mayRead({ db }, actor, applicationId) {
    await withAid(db, actor, (tx) => applicationById(tx, actor, applicationId))
  },
  async guards({ db }, applicationId) {
    const { rows } = await db.transaction().execute((tx) =>
      acrossUnions(tx, () =>
        sql<{ personId: number; unitId: number }>`
          select person_id as "personId", unit_id as "unitId" from aid.application where id = ${applicationId}`.execute(
          tx,
        ),
      ),
    )
    return rows[0] ? { ...rows[0], what: `帮扶申请 ${applicationId} ` } : null
  },
  async mayChange({ db }, actor, applicationId) {
    const found = await withAid(db, actor, (tx) => applicationById(tx, actor, applicationId))
    if (!found.own && !(await allows(db, actor, 'aid.write', found.unitId))) throw notFound('帮扶申请')
    if (!found.open) throw refused('decided', '这一批次已经拟定名单，不能再增减材料。')
    return { unitId: found.unitId, title: `${found.programme}申请 ${found.id}` }
  },
}

/** The signature of who received: drawn by that person, once. */
export const receiptFiles: FileOwner = {
  kind: 'aid-entitlement',
  async mayRead({ db }, actor, entitlementId) {
    const { rows } = await withAid(db, actor, (tx) =>
      sql<{ unitId: number; personId: number }>`
        select unit_id as "unitId", person_id as "personId" from aid.entitlement where id = ${entitlementId}`.execute(
        tx,
      ),
    )
    const held = rows[0]
    if (!held || (held.personId !== actor.personId && !(await allows(db, actor, 'aid.read-confidential', held.unitId))))
      throw notFound('发放名单')
  },
  async mayChange({ db }, actor, entitlementId) {
    const { rows } = await withAid(db, actor, (tx) =>
      sql<{ unitId: number; personId: number; signed: boolean }>`
        select unit_id as "unitId", person_id as "personId", received_on is not null as signed from aid.entitlement
        where id = ${entitlementId} and state = 'paid'`.execute(tx),
    )
    const held = rows[0]
    if (!held || held.personId !== actor.personId) throw notFound('发放名单')
    if (held.signed) throw refused('signed', '已经签收，签名不能再改。')
    return { unitId: held.unitId, title: `帮扶款签收 ${entitlementId}` }
  },
}
