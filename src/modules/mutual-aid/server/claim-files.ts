import { sql } from 'kysely'
import { allows, requirePermission } from '../../../kernel/access/access.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { FileOwner } from '../../../kernel/files/files.ts'
import { claimById } from './claims.ts'

/** Papers and photos of a claim: read by whoever sees the claim, added by the claimant and the office until it is decided. */
export const claimFiles: FileOwner = {
  kind: 'mutual-aid-claim',
  async mayRead({ db }, actor, claimId) {
    await claimById(db, actor, claimId)
  },
  async guards({ db }, claimId) {
    const { rows } = await sql<{ personId: number; unitId: number }>`
      select person_id as "personId", unit_id as "unitId" from mutual_aid.claim where id = ${claimId}`.execute(db)
    return rows[0] ? { ...rows[0], what: `互助申请 ${claimId} 号` } : null
  },
  async mayChange({ db }, actor, claimId) {
    const claim = await claimById(db, actor, claimId)
    if (!claim.own) await requirePermission(db, actor, 'mutual-aid.write', claim.unitId, 'mutual-aid.read')
    const open =
      claim.own && !(await allows(db, actor, 'mutual-aid.approve', claim.unitId)) ? ['filed', 'appealed'] : null
    if (open ? !open.includes(claim.state) : claim.state === 'paid' || claim.state === 'withdrawn')
      throw refused('not-now', '申请已经在办理，不能再增减材料。需要补充的，请联系工会退回补正。')
    return { unitId: claim.unitId, title: `互助申请 ${claimId} 号` }
  },
}
