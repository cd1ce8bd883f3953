import type { ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { post } from '../../../../web/api.ts'
import { today } from '../../../../web/session.ts'
import { Notice } from '../../../../web/ui/states.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import { PIECES, pieceWords, TILL_WAYS, type TillCount, type TillPage } from '../../till-contract.ts'
import { AskDialog, given, idOf, type Values } from '../AskDialog.tsx'

interface Asked {
  unitId: number
  changed: () => Promise<void>
  close: () => void
}

const pieceId = (piece: number): string => `pieces.${piece}`
const piecesOf = (values: Values): Record<string, number> =>
  Object.fromEntries(
    PIECES.flatMap((piece) => {
      const number = values[pieceId(piece)]
      return typeof number === 'number' ? [[piece, number]] : []
    }),
  )

/** How many of each note and coin; the sum and the difference stand above as one types. */
export function CountDialog({ tills, unitId, changed, close }: Asked & { tills: TillPage['tills'] }): ReactElement {
  const names = tills.map((till) => `${till.code} ${till.name}`)
  const till = (values: Values) => tills[Math.max(0, names.indexOf(String(values['account'])))]
  return (
    <AskDialog
      title="盘点库存现金"
      dense
      okText="提交复核"
      done="已提交，等待复核。"
      fields={[
        ...(tills.length > 1 ? [field.choice('account', '现金科目', names, { required: true })] : []),
        ...PIECES.map((piece) => field.integer(pieceId(piece), `${pieceWords(piece)}（张数）`, { min: 0 })),
        field.date('onDate', '盘点日期', { required: true }),
        field.text('witness', '监盘人', { required: true }),
        field.longtext('reason', '说明'),
      ]}
      initial={{ onDate: today(), account: names[0] }}
      close={close}
      send={(values) =>
        post('/api/funds/till-counts', {
          unitId,
          account: till(values)?.code,
          onDate: values['onDate'],
          witness: values['witness'] ?? '',
          reason: values['reason'] ?? '',
          pieces: piecesOf(values),
        }).then(changed)
      }
    >
      {(values) => {
        const counted = Object.entries(piecesOf(values)).reduce((sum, [piece, n]) => sum + Number(piece) * n, 0)
        const book = till(values)?.bookFen ?? 0
        return (
          <Notice tone={counted === book ? 'good' : 'info'}>
            实点 {moneyText(counted)} 元
            {values['onDate'] === today() && `，账面 ${moneyText(book)} 元，相差 ${moneyText(counted - book)} 元`}
          </Notice>
        )
      }}
    </AskDialog>
  )
}

export function ReturnDialog({ count, unitId, changed, close }: Asked & { count: TillCount }): ReactElement {
  return (
    <AskDialog
      title={`退回 ${count.onDate} 的盘点`}
      okText="退回"
      done="已退回。"
      fields={[field.longtext('words', '退回原因', { required: true })]}
      close={close}
      send={(values) =>
        post(`/api/funds/till-counts/${count.id}/return`, { unitId, words: values['words'] ?? '' }).then(changed)
      }
    />
  )
}

/** Where what is short or over goes. */
export function SettleDialog({ count, unitId, changed, close }: Asked & { count: TillCount }): ReactElement {
  const fen = count.countedFen - count.bookFen
  const ways = fen < 0 ? [TILL_WAYS.person, TILL_WAYS.expense] : [TILL_WAYS.owed, TILL_WAYS.income]
  return (
    <AskDialog
      title={`处理现金${fen < 0 ? '短缺' : '溢余'} ${moneyText(Math.abs(fen))} 元`}
      okText="批准并记账"
      done="已处理，凭证已记账。"
      fields={[
        field.choice('how', '处理办法', ways, { required: true }),
        field.text('party', fen < 0 ? '由谁赔偿' : '应付给谁'),
        ...(fen < 0 ? [field.date('dueOn', '赔偿期限', { help: '由责任人赔偿时填写。' })] : []),
        field.date('onDate', '处理日期', { required: true }),
        field.text('document', '批准依据', { required: true, example: '工会委员会会议纪要 2026 年第 5 号' }),
      ]}
      initial={{ onDate: today() }}
      close={close}
      send={(values) =>
        post(`/api/funds/till-counts/${count.id}/settlement`, {
          ...given(values),
          how: idOf(TILL_WAYS, values['how']),
          unitId,
        }).then(changed)
      }
    />
  )
}
