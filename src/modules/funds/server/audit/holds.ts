import { sql } from 'kysely'
import type { LegalHold } from '../../../../kernel/module/retention.ts'

/** While a finding of the audit is open, what it may be about is kept: papers of aid and visits stand behind the vouchers. */
export const openFindings: LegalHold = {
  reason: '经费审查发现的问题尚未整改',
  units: () => sql`
    select b.unit_id from funds.audit_finding f join funds.audit a on a.id = f.audit_id join funds.book b on b.id = a.book_id
    where f.state <> 'accepted'`,
}
