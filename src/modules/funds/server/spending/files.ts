import { refused } from '../../../../kernel/contract/problem.ts'
import type { FileOwner } from '../../../../kernel/files/files.ts'
import { mayVisitSource } from '../visits/visit.ts'
import { requestById, requestTitle } from './requests.ts'

/** Photos of receipts, sign-off sheets, minutes: read by whoever sees the request, added by who asks, until it is signed. */
export const requestFiles: FileOwner = {
  kind: 'funds-request',
  async mayRead({ db, today }, actor, requestId) {
    // What a request was approved by stands behind its voucher too: an outside auditor of those days reads it.
    if (await mayVisitSource(db, actor, `funds/spending/${requestId}`, today())) return
    await requestById(db, actor, requestId)
  },
  async mayChange({ db }, actor, requestId) {
    const request = await requestById(db, actor, requestId)
    if (request.createdBy !== actor.accountId) throw refused('not-yours', '只有填写申请的人可以增减附件。')
    if (!['draft', 'returned'].includes(request.state))
      throw refused('not-editable', '申请已经提交，不能再增减附件。要补充请先撤回。')
    return { unitId: request.unitId, title: `支出申请“${requestTitle(request)}”` }
  },
}
