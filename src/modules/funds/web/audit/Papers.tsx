import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { Dialog } from '../../../../web/ui/Dialog.tsx'
import { FieldInput, LabelledField } from '../../../../web/ui/FieldInput.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import { fundsPath, numberText } from '../paths.ts'
import type { Question } from './Audit.tsx'
import type { AuditDetail } from '../../audit-contract.ts'

/** Working papers, each pointing at the vouchers it speaks of; a paper becomes a finding with one press. */
export function Papers({
  audit,
  papers,
  may,
  ask,
  changed,
}: Pick<AuditDetail, 'audit' | 'papers' | 'may'> & {
  ask: (question: Question) => void
  changed: () => void
}): ReactElement {
  const [writing, setWriting] = useState(false)
  const working = may.audit && audit.state === 'fieldwork'
  const finding = (paper?: AuditDetail['papers'][number]): void =>
    ask({
      title: '记录问题',
      okText: '记录',
      fields: [
        field.text('title', '问题', { required: true }),
        field.money('amountFen', '涉及金额'),
        field.text('basis', '依据'),
        field.integer('workingDays', '整改期限（工作日）', { required: true, min: 1 }),
        field.longtext('demand', '整改要求', { required: true }),
      ],
      initial: {
        title: paper?.subject ?? '',
        amountFen: paper?.amountFen ?? null,
        basis: paper?.basis ?? '',
        workingDays: 30,
        paperId: paper?.id,
      },
      address: `/api/funds/audits/${audit.id}/findings`,
      done: '已记录问题。',
    })
  return (
    <>
      {working && (
        <div className="toolbar">
          <span className="faint">底稿在出具意见前只有审查组能看到。</span>
          <span className="push" />
          <Button onClick={() => finding()}>记录问题</Button>
          <Button type="primary" onClick={() => setWriting(true)}>
            编写底稿
          </Button>
        </div>
      )}
      {papers.length === 0 ? (
        <Empty small title={audit.opinedOn || may.audit ? '还没有工作底稿' : '审查意见出具后可以查看底稿'} />
      ) : (
        papers.map((paper) => (
          <article key={paper.id} className="finding" aria-label={`底稿 ${paper.no}`}>
            <h3>
              底稿 {paper.no}：{paper.subject}
            </h3>
            <p>{paper.observation}</p>
            <p className="faint">
              {[
                paper.amountFen ? `涉及金额 ${moneyText(paper.amountFen)} 元` : '',
                paper.basis && `依据：${paper.basis}`,
                `编制人 ${paper.madeName}`,
              ]
                .filter(Boolean)
                .join('　')}
            </p>
            {paper.vouchers.length > 0 && (
              <ul>
                {paper.vouchers.map((voucher) => (
                  <li key={voucher.id}>
                    <Link to={fundsPath.voucher(voucher.id) as never}>{numberText(voucher.month, voucher.no)}</Link>{' '}
                    {voucher.onDate} {voucher.summary} {moneyText(voucher.totalFen)} 元
                  </li>
                ))}
              </ul>
            )}
            {working && (
              <div className="row">
                <button type="button" className="link" onClick={() => finding(paper)}>
                  记为问题
                </button>
              </div>
            )}
          </article>
        ))
      )}
      {writing && <WritePaper audit={audit} changed={changed} close={() => setWriting(false)} />}
    </>
  )
}

interface Found {
  id: number
  month: number
  no: number | null
  onDate: string
  summary: string
  totalFen: number
}

const fields = [
  field.text('subject', '审查事项', { required: true }),
  field.money('amountFen', '涉及金额'),
  field.text('basis', '依据'),
  field.longtext('observation', '审查情况', { required: true }),
]

/** The paper's words, and the vouchers found by number, words or amount within the audited days. */
function WritePaper({
  audit,
  changed,
  close,
}: {
  audit: AuditDetail['audit']
  changed: () => void
  close: () => void
}): ReactElement {
  const [values, setValues] = useState<Record<string, unknown>>({})
  const [chosen, setChosen] = useState<Found[]>([])
  const [wanted, setWanted] = useState('')
  const found = useQuery({
    queryKey: ['funds', 'audits', 'vouchers', audit.id, wanted],
    queryFn: () =>
      get<{ vouchers: Found[] }>(`/api/funds/audits/${audit.id}/vouchers`, { q: wanted }).then((one) => one.vouchers),
  })
  return (
    <Dialog
      title="编写工作底稿"
      okText="保存底稿"
      done="底稿已保存。"
      close={close}
      work={() =>
        post(`/api/funds/audits/${audit.id}/papers`, {
          ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
          voucherIds: chosen.map((voucher) => voucher.id),
        }).then(changed)
      }
    >
      {(faults) => (
        <>
          <div className="form-grid">
            {fields.map((one) => (
              <LabelledField
                key={one.id}
                id={`paper-${one.id}`}
                label={one.label}
                required={one.required}
                error={faults[one.id]}
                whole={one.kind === 'longtext'}
              >
                <FieldInput
                  id={`paper-${one.id}`}
                  field={one}
                  value={values[one.id]}
                  onChange={(value) => setValues((before) => ({ ...before, [one.id]: value }))}
                  invalid={faults[one.id] !== undefined}
                />
              </LabelledField>
            ))}
          </div>
          <LabelledField
            id="paper-voucher"
            label="有关凭证"
            error={faults['voucherIds']}
            help="按凭证号（03-001）、摘要或金额查找，点选。"
          >
            <input
              id="paper-voucher"
              className="control"
              value={wanted}
              placeholder="例如 慰问、03-001、800"
              onChange={(event) => setWanted(event.target.value)}
            />
          </LabelledField>
          {chosen.length > 0 && (
            <p>
              已选：
              {chosen.map((voucher) => (
                <button
                  key={voucher.id}
                  type="button"
                  className="link"
                  style={{ marginRight: 10 }}
                  title="点一下移除"
                  onClick={() => setChosen(chosen.filter((one) => one.id !== voucher.id))}
                >
                  {numberText(voucher.month, voucher.no)} ×
                </button>
              ))}
            </p>
          )}
          <Loaded query={found}>
            {(rows) => (
              <ul className="open-items" style={{ maxHeight: 180 }}>
                {rows.map((voucher) => (
                  <li key={voucher.id}>
                    <label>
                      <input
                        type="checkbox"
                        checked={chosen.some((one) => one.id === voucher.id)}
                        onChange={(event) =>
                          setChosen(
                            event.target.checked ? [...chosen, voucher] : chosen.filter((one) => one.id !== voucher.id),
                          )
                        }
                      />
                      <span className="nowrap">{numberText(voucher.month, voucher.no)}</span>
                      <span className="grow">{voucher.summary}</span>
                      <b className="nowrap">{moneyText(voucher.totalFen)}</b>
                    </label>
                  </li>
                ))}
                {rows.length === 0 && <li style={{ padding: '8px 12px' }}>审查期间没有这样的凭证。</li>}
              </ul>
            )}
          </Loaded>
        </>
      )}
    </Dialog>
  )
}
