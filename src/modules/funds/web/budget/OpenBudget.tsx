import { Button, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { post, put, Refusal } from '../../../../web/api.ts'
import { today } from '../../../../web/session.ts'
import { FieldInput } from '../../../../web/ui/FieldInput.tsx'
import { Card } from '../../../../web/ui/Page.tsx'
import { Problem } from '../../../../web/ui/states.tsx'
import { Timeline } from '../../../../web/ui/Timeline.tsx'
import { toast } from '../../../../web/ui/toast.tsx'
import { moneyText, StatusTag } from '../../../../web/ui/values.tsx'
import { AskDialog } from '../AskDialog.tsx'
import type { BudgetLine, BudgetYear } from '../../budget-contract.ts'

/** One line as it is typed. */
interface LineDraft {
  direction: 'income' | 'spending'
  account: string
  project: string | null
  amountFen: unknown
  beforeFen: number
  name: string
}

const drafts = (direction: 'income' | 'spending', lines: readonly BudgetLine[]): LineDraft[] =>
  lines.map((line) => ({
    direction,
    account: line.accountCode,
    project: line.projectCode,
    amountFen: line.amountFen,
    beforeFen: line.beforeFen,
    name: `${line.accountName}${line.projectName ? `（${line.projectName}）` : ''}`,
  }))

const amount = field.money('amountFen', '预算金额')

/** A budget or an adjustment that isn't in force yet: its lines, and the next step. */
export function OpenBudget({
  budget,
  carriedFen,
  accounts,
  done,
}: {
  budget: NonNullable<BudgetYear<string>['open']>
  carriedFen: number
  accounts: BudgetYear['accounts']
  done: () => void
}): ReactElement {
  const [lines, setLines] = useState<LineDraft[]>(() => [
    ...drafts('income', budget.income),
    ...drafts('spending', budget.spending),
  ])
  const [error, setError] = useState<unknown>(null)
  const [verb, setVerb] = useState<string | null>(null)
  const editable = budget.state === 'draft' && budget.moves.includes('提交')
  const faults = error instanceof Refusal ? error.fields : {}
  const set = (at: number, patch: Partial<LineDraft>): void =>
    setLines((before) => before.map((line, index) => (index === at ? { ...line, ...patch } : line)))
  const sum = (direction: string): number =>
    lines.reduce(
      (all, line) => all + (line.direction === direction && typeof line.amountFen === 'number' ? line.amountFen : 0),
      0,
    )
  const save = async (): Promise<boolean> => {
    setError(null)
    try {
      await put(`/api/funds/budgets/${budget.id}/lines`, {
        lines: lines.map(({ direction, account, project, amountFen }) => ({
          direction,
          account,
          project: project || null,
          amountFen,
        })),
      })
      toast('已保存。')
      done()
      return true
    } catch (refusal) {
      setError(refusal)
      return false
    }
  }
  const left = sum('income') + carriedFen - sum('spending')
  return (
    <Card
      title={budget.reason ? `预算调整：${budget.reason}` : '预算草案'}
      aside={<StatusTag text={budget.stateTitle} tone="warn" />}
    >
      <div className="stack">
        {(['income', 'spending'] as const).map((direction) => (
          <div key={direction}>
            <h3>{direction === 'income' ? '收入' : '支出'}</h3>
            <div className="table-scroll" tabIndex={0} role="region" aria-label="可左右滚动的表格">
              <table className="grid compact">
                <thead>
                  <tr>
                    <th>科目</th>
                    <th className="number">{budget.reason ? '调整前（元）' : '上年数（元）'}</th>
                    <th className="number">预算（元）</th>
                    {editable && <th />}
                  </tr>
                </thead>
                <tbody>
                  {lines.map((line, index) =>
                    line.direction === direction ? (
                      // oxlint-disable-next-line react/no-array-index-key -- lines have no id of their own
                      <tr key={index}>
                        <td>
                          {line.name || (
                            <Select
                              aria-label={direction === 'income' ? '收入科目' : '支出科目'}
                              style={{ minWidth: 220 }}
                              showSearch={{ optionFilterProp: 'label' }}
                              placeholder="选择科目"
                              value={line.account || null}
                              options={accounts
                                .filter((one) => one.direction === direction)
                                .map((one) => ({ value: one.code, label: `${one.code} ${one.name}` }))}
                              onChange={(value: string) => set(index, { account: value })}
                            />
                          )}
                          {faults[`lines.${index}.account`] && (
                            <span className="field-error" role="alert">
                              {faults[`lines.${index}.account`]}
                            </span>
                          )}
                        </td>
                        <td className="number">{moneyText(line.beforeFen)}</td>
                        <td className="number">
                          {editable ? (
                            <FieldInput
                              id={`b-${index}`}
                              field={{ ...amount, label: `${line.name || line.account}预算` }}
                              value={line.amountFen}
                              onChange={(value) => set(index, { amountFen: value })}
                              invalid={faults[`lines.${index}.amountFen`] !== undefined}
                            />
                          ) : (
                            moneyText(Number(line.amountFen))
                          )}
                        </td>
                        {editable && (
                          <td>
                            <button
                              type="button"
                              className="link danger"
                              onClick={() => setLines((before) => before.filter((_, at) => at !== index))}
                            >
                              删去
                            </button>
                          </td>
                        )}
                      </tr>
                    ) : null,
                  )}
                </tbody>
                <tfoot>
                  <tr>
                    <td>合计</td>
                    <td />
                    <td className="number">{moneyText(sum(direction))}</td>
                    {editable && <td />}
                  </tr>
                </tfoot>
              </table>
            </div>
            {editable && (
              <button
                type="button"
                className="link"
                onClick={() =>
                  setLines((before) => [
                    ...before,
                    { direction, account: '', project: null, amountFen: null, beforeFen: 0, name: '' },
                  ])
                }
              >
                添加{direction === 'income' ? '收入' : '支出'}科目
              </button>
            )}
          </div>
        ))}
        <p className={left < 0 ? 'field-error' : 'faint'}>
          收入 {moneyText(sum('income'))} ＋ 上年结转结余 {moneyText(carriedFen)} － 支出 {moneyText(sum('spending'))}{' '}
          ＝ {moneyText(left)} 元{left < 0 && '，工会预算不列赤字'}
        </p>
        {error !== null && (
          <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
        )}
        <div className="row">
          {editable && <Button onClick={() => void save()}>保存草案</Button>}
          {budget.moves.map((move) => (
            <Button
              key={move}
              {...(move === '提交' || move === '同意' ? { type: 'primary' as const } : {})}
              {...(move === '终止' ? { danger: true } : {})}
              onClick={() => {
                if (move === '提交') void save().then((saved) => saved && setVerb(move))
                else setVerb(move)
              }}
            >
              {move}
            </Button>
          ))}
        </div>
        {budget.acts.length > 0 && <Timeline acts={budget.acts} />}
      </div>
      {verb && (
        <AskDialog
          title={`${verb}：${budget.reason ? '预算调整' : '年度预算'}`}
          okText={`确认${verb}`}
          done="已办理。"
          initial={verb === '同意' && budget.state === 'committee' ? { minutesOn: today() } : {}}
          fields={[
            ...(verb === '同意' && budget.state === 'committee'
              ? [
                  field.text('minutes', '工会委员会会议纪要', { required: true, example: '第三次委员会会议纪要' }),
                  field.date('minutesOn', '会议日期', { required: true }),
                ]
              : []),
            field.longtext('words', '意见', { required: verb === '退回' || verb === '终止' }),
          ]}
          send={(values) =>
            post(`/api/funds/budgets/${budget.id}/acts`, {
              verb,
              expected: budget.state,
              ...(values['words'] ? { words: values['words'] } : {}),
              ...(values['minutes'] ? { minutes: values['minutes'], minutesOn: values['minutesOn'] } : {}),
            })
          }
          close={() => {
            setVerb(null)
            done()
          }}
        />
      )}
    </Card>
  )
}
