import type { ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { post } from '../../../../web/api.ts'
import { today } from '../../../../web/session.ts'
import { SPENDING_KIND_IDS, SPENDING_KINDS, type SpendingKindId } from '../../spending-kinds.ts'
import { CLOSING_WORDS, PROFILE_WORDS } from '../../words.ts'
import { AskDialog, idOf, given } from '../AskDialog.tsx'

export const KIND_TITLES = Object.fromEntries(SPENDING_KIND_IDS.map((id) => [id, SPENDING_KINDS[id].title])) as Record<
  SpendingKindId,
  string
>
const limited = SPENDING_KIND_IDS.filter((id) => SPENDING_KINDS[id].per !== 'none').map((id) => KIND_TITLES[id])
export const PER = { person: '每人每次', 'person-year': '每人每年' } as const
export const STRENGTH = { block: '超过不能批准', warn: '超过只提醒' } as const

/** What a union sets for itself; each is dated and names its document. */
export type RuleKind = 'book' | 'limit' | 'route' | 'cash' | 'share'

export function RuleDialog({
  open,
  unitId,
  year,
  close,
}: {
  open: RuleKind
  unitId: number
  year: number
  close: () => void
}): ReactElement {
  if (open === 'book')
    return (
      <AskDialog
        title="建账"
        okText="建账"
        done="已建账。"
        initial={{ openedOn: `${year}-01-01`, profile: PROFILE_WORDS.normal, closing: CLOSING_WORDS.monthly }}
        fields={[
          field.date('openedOn', '从哪天起记账', { required: true, help: '某月 1 日；年中建账再录入累计发生额。' }),
          field.choice('profile', '工会规模', Object.values(PROFILE_WORDS), {
            required: true,
            help: '小型工会只保留最低限度的岗位分离：审批与付款分开，会计与出纳分开。',
          }),
          field.choice('closing', '结转方式', Object.values(CLOSING_WORDS), { required: true }),
        ]}
        send={(values) =>
          post('/api/funds/books', {
            unitId,
            openedOn: values['openedOn'],
            profile: idOf(PROFILE_WORDS, values['profile']),
            closing: idOf(CLOSING_WORDS, values['closing']),
          })
        }
        close={close}
      />
    )
  if (open === 'limit')
    return (
      <AskDialog
        title="登记标准"
        okText="登记"
        done="已登记。"
        initial={{ per: PER.person, strength: STRENGTH.block, validFrom: today() }}
        fields={[
          field.choice('kind', '种类', limited, { required: true }),
          field.money('amountFen', '标准（元）', { required: true }),
          field.choice('per', '计算', Object.values(PER), { required: true }),
          field.choice('strength', '效力', Object.values(STRENGTH), { required: true }),
          field.text('source', '文件名称', { required: true }),
          field.text('number', '文号'),
          field.text('page', '页码', { required: true }),
          field.date('validFrom', '从哪天起', { required: true }),
        ]}
        send={(values) =>
          post('/api/funds/limits', {
            ...values,
            unitId,
            kind: idOf(KIND_TITLES, values['kind']),
            per: idOf(PER, values['per']),
            strength: idOf(STRENGTH, values['strength']),
            number: values['number'] || null,
          })
        }
        close={close}
      />
    )
  if (open === 'route')
    return (
      <AskDialog
        title="登记审批权限"
        okText="登记"
        done="已登记。"
        initial={{ validFrom: today() }}
        fields={[
          field.choice('kind', '支出种类', Object.values(KIND_TITLES), { help: '不选表示全部种类。' }),
          field.money('deputyUpToFen', '分管副主席可批到（元）', { required: true, help: '没有分管审批的填 0。' }),
          field.money('chairUpToFen', '主席可批到（元）', { required: true, help: '超过的由工会委员会集体研究。' }),
          field.text('document', '依据', { required: true, example: '本会经费管理办法第六条' }),
          field.date('validFrom', '从哪天起', { required: true }),
        ]}
        send={(values) =>
          post('/api/funds/approval-routes', { ...values, unitId, kind: idOf(KIND_TITLES, values['kind']) ?? null })
        }
        close={close}
      />
    )
  if (open === 'cash')
    return (
      <AskDialog
        title="登记库存现金限额"
        okText="登记"
        done="已登记。"
        initial={{ validFrom: today() }}
        fields={[
          field.money('amountFen', '限额（元）', { required: true }),
          field.money('takingsFen', '核准坐支（元）', {
            help: '当日收入的现金中，开户银行核准可以直接支付的金额；没有核准的不填。',
          }),
          field.text('document', '依据', { required: true, example: '开户银行库存现金限额核定书' }),
          field.date('validFrom', '从哪天起', { required: true }),
        ]}
        send={(values) => post('/api/funds/cash-limits', { ...given(values), unitId })}
        close={close}
      />
    )
  return (
    <AskDialog
      title="登记上缴比例"
      okText="登记"
      done="已登记。"
      initial={{ validFrom: `${year}-01-01` }}
      fields={[
        field.text('name', '上级工会', { required: true }),
        field.percent('share', '占拨缴经费的比例（%）', { required: true, example: '40' }),
        field.text('document', '文件和文号', { required: true }),
        field.date('validFrom', '从哪天起', { required: true }),
      ]}
      send={(values) => post('/api/funds/shares', { ...values, unitId })}
      close={close}
    />
  )
}
