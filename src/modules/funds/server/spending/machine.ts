import { sql } from 'kysely'
import { allows } from '../../../../kernel/access/access.ts'
import { machine } from '../../../../kernel/lifecycle/machine.ts'

const others = (permission: string) =>
  [
    { verb: '转办', permission },
    { verb: '加签', permission },
    { verb: '会签', permission },
    { verb: '催办', permission: 'funds.apply' },
  ] as const

/** A request's way: asked, papers checked, signed, paid. Who signs what amount and the minutes stand beside it as data. */
export const requestMachine = machine({
  id: 'funds.request',
  objectKind: 'funds-request',
  title: '经费支出审批',
  initial: 'draft',
  visible: async (db, actor, requestId) => {
    const { rows } = await sql<{ unitId: number; createdBy: number; payer: number }>`
      select r.unit_id as "unitId", r.created_by as "createdBy", b.unit_id as payer
      from funds.request r join funds.book b on b.id = r.book_id where r.id = ${requestId}`.execute(db)
    const row = rows[0]
    if (!row) return false
    if (row.createdBy === actor.accountId) return true
    return (await allows(db, actor, 'funds.apply', row.unitId)) || (await allows(db, actor, 'funds.read', row.payer))
  },
  states: {
    draft: {
      title: '待提交',
      moves: [
        { verb: '提交', to: 'submitted', permission: 'funds.apply' },
        { verb: '终止', to: 'cancelled', permission: 'funds.apply' },
      ],
    },
    submitted: {
      title: '待审核',
      waiting: { for: { permission: 'funds.review' }, title: '待审核支出申请' },
      moves: [
        { verb: '撤回', to: 'draft', permission: 'funds.apply' },
        { verb: '同意', to: 'checked', permission: 'funds.review' },
        { verb: '退回', to: 'returned', permission: 'funds.review' },
        { verb: '否决', to: 'refused', permission: 'funds.review' },
        ...others('funds.review'),
      ],
    },
    returned: {
      title: '已退回修改',
      waiting: { for: 'submitter', title: '待修改支出申请' },
      moves: [
        { verb: '提交', to: 'submitted', permission: 'funds.apply' },
        { verb: '终止', to: 'cancelled', permission: 'funds.apply' },
      ],
    },
    checked: {
      title: '待审批',
      waiting: { for: { permission: 'funds.sign' }, title: '待审批支出申请' },
      moves: [
        { verb: '撤回', to: 'draft', permission: 'funds.apply' },
        {
          verb: '同意',
          to: 'approved',
          permission: 'funds.sign',
          requires: { minutes: '工会委员会集体研究的会议纪要' },
        },
        { verb: '退回', to: 'returned', permission: 'funds.sign' },
        { verb: '否决', to: 'refused', permission: 'funds.sign' },
        ...others('funds.sign'),
      ],
    },
    approved: {
      title: '待付款',
      waiting: { for: { permission: 'funds.pay' }, title: '待付款' },
      moves: [
        { verb: '同意', to: 'paid', permission: 'funds.pay' },
        { verb: '退回', to: 'returned', permission: 'funds.pay' },
        { verb: '终止', to: 'cancelled', permission: 'funds.sign' },
      ],
    },
    paid: { title: '已付款', final: true, moves: [] },
    refused: { title: '已否决', final: true, moves: [] },
    cancelled: { title: '已终止', final: true, moves: [] },
  },
})

export type RequestState =
  | 'draft'
  | 'submitted'
  | 'returned'
  | 'checked'
  | 'approved'
  | 'paid'
  | 'refused'
  | 'cancelled'

/** SQL: where a request stands, from its last act. @param column id of the request */
export const stateSql = (column: string) => sql<RequestState>`coalesce((select x.to_state from kernel.act x
  where x.object_kind = 'funds-request' and x.object_id = ${sql.ref(column)} and x.to_state is not null
  order by x.id desc limit 1), 'draft')`
