import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { moneyText, StatusTag } from '../../../web/ui/values.tsx'
import type { PairRow } from '../contract.ts'
import { FAMILY_AID, PAIR_KINDS, PUPIL_AID } from '../words.ts'

/** Members beside families and pupils, for as long as both agree. */
export function Pairs(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const [aiding, setAiding] = useState<PairRow | null>(null)
  const [ending, setEnding] = useState<PairRow | null>(null)
  const pairs = useQuery({
    queryKey: ['pairs', scope.unitId],
    queryFn: () =>
      get<{ pairs: PairRow[] }>('/api/charity/pairs', { unitId: scope.unitId }).then((answer) => answer.pairs),
    enabled: scope.unitId > 0,
  })
  const close = (): void => {
    setAdding(false)
    setAiding(null)
    setEnding(null)
    void queries.invalidateQueries({ queryKey: ['pairs'] })
  }
  const add = may('charity.write') && (
    <Button type="primary" onClick={() => setAdding(true)}>
      登记结对
    </Button>
  )
  return (
    <Page
      title="结对"
      crumbs={[{ title: '募捐', to: '/charity/drives' }]}
      help="先取得对方书面同意，再登记；结束后不再增加记录。"
      actions={add}
    >
      <section className="card">
        <Loaded query={pairs}>
          {(rows) => (
            <DataTable
              caption="结对"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                { id: 'partner', title: '家庭（学生）', lead: true, render: (row) => row.partner },
                { id: 'kind', title: '类别', render: (row) => PAIR_KINDS[row.kind] },
                { id: 'helper', title: '结对职工', render: (row) => row.helperName },
                { id: 'unit', title: '单位', render: (row) => row.unitName },
                { id: 'since', title: '结对日期', width: 110, render: (row) => row.startOn },
                {
                  id: 'aids',
                  title: '资助',
                  render: (row) =>
                    `${row.aids.length} 次，${moneyText(row.aids.reduce((sum, aid) => sum + aid.amountFen, 0))} 元`,
                },
                {
                  id: 'state',
                  title: '状态',
                  render: (row) =>
                    row.endOn ? `${row.endOn} 结束：${row.endReason}` : <StatusTag text="结对中" tone="good" />,
                },
              ]}
              renderActions={(row) =>
                !row.endOn && (
                  <>
                    <Button size="small" onClick={() => setAiding(row)}>
                      登记资助
                    </Button>
                    <Button size="small" onClick={() => setEnding(row)}>
                      结束
                    </Button>
                  </>
                )
              }
              empty={
                <Empty title="还没有结对" actions={add}>
                  职工和困难家庭结对、“一助一”资助学生，都登记在这里。
                </Empty>
              }
            />
          )}
        </Loaded>
      </section>
      {adding && <AddDialog unitId={scope.unitId} close={close} />}
      {aiding && <AidDialog pair={aiding} close={close} />}
      {ending && <EndDialog pair={ending} close={close} />}
    </Page>
  )
}

function AddDialog({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [kind, setKind] = useState<'family' | 'pupil'>('pupil')
  const [helper, setHelper] = useState<Named | null>(null)
  const [family, setFamily] = useState<Named | null>(null)
  const [pupil, setPupil] = useState('')
  const [classroom, setClassroom] = useState('')
  const [place, setPlace] = useState('')
  const [consentOn, setConsentOn] = useState<string | null>(null)
  const [startOn, setStartOn] = useState<string | null>(today())
  return (
    <Dialog
      title="登记结对"
      okText="登记"
      done="已登记。"
      ready={Boolean(helper && consentOn && startOn)}
      close={close}
      work={() =>
        post('/api/charity/pairs', {
          unitId,
          kind,
          helperId: helper!.id,
          consentOn,
          startOn,
          ...(kind === 'family' ? { familyId: family?.id ?? null } : { pupil }),
          ...(classroom.trim() && { classroom }),
          ...(place.trim() && { place }),
        })
      }
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="kind" label="类别" required error={fields['kind']}>
            <Select
              id="kind"
              aria-label="类别"
              value={kind}
              options={Object.entries(PAIR_KINDS).map(([value, label]) => ({ value, label }))}
              onChange={(value) => setKind(value as 'family' | 'pupil')}
            />
          </LabelledField>
          <LabelledField id="helperId" label="结对职工" required error={fields['helperId']}>
            <PersonPicker
              id="helperId"
              label="结对职工"
              value={helper}
              onChange={setHelper}
              unitId={unitId}
              membersOnly
            />
          </LabelledField>
          {kind === 'family' ? (
            <>
              <LabelledField id="familyId" label="结对家庭（户主）" required error={fields['familyId']}>
                <PersonPicker
                  id="familyId"
                  label="结对家庭（户主）"
                  value={family}
                  onChange={setFamily}
                  unitId={unitId}
                />
              </LabelledField>
              <LabelledField id="place" label="村（社区）" error={fields['place']}>
                <Input id="place" maxLength={60} value={place} onChange={(one) => setPlace(one.target.value)} />
              </LabelledField>
            </>
          ) : (
            <>
              <LabelledField id="pupil" label="受助学生" required error={fields['pupil']}>
                <Input id="pupil" maxLength={30} value={pupil} onChange={(one) => setPupil(one.target.value)} />
              </LabelledField>
              <LabelledField id="classroom" label="班级" error={fields['classroom']}>
                <Input
                  id="classroom"
                  maxLength={40}
                  value={classroom}
                  onChange={(one) => setClassroom(one.target.value)}
                />
              </LabelledField>
            </>
          )}
          <LabelledField id="consentOn" label="对方书面同意日期" required error={fields['consentOn']}>
            <DateInput id="consentOn" label="对方书面同意日期" value={consentOn} onChange={setConsentOn} />
          </LabelledField>
          <LabelledField id="startOn" label="结对日期" required error={fields['startOn']}>
            <DateInput id="startOn" label="结对日期" value={startOn} onChange={setStartOn} />
          </LabelledField>
        </div>
      )}
    </Dialog>
  )
}

function AidDialog({ pair, close }: { pair: PairRow; close: () => void }): ReactElement {
  const items: readonly string[] = pair.kind === 'pupil' ? PUPIL_AID : FAMILY_AID
  const [on, setOn] = useState<string | null>(today())
  const [item, setItem] = useState<string | null>(null)
  const [amount, setAmount] = useState('')
  return (
    <Dialog
      title={`资助：${pair.partner}`}
      okText="登记"
      done="已登记。"
      ready={Boolean(on && item)}
      close={close}
      work={() =>
        post(`/api/charity/pairs/${pair.id}/aids`, {
          on,
          item,
          amountFen: amount.trim() ? parseNumber('money', amount) : 0,
        })
      }
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="on" label="日期" required error={fields['on']}>
            <DateInput id="on" label="日期" value={on} onChange={setOn} />
          </LabelledField>
          <LabelledField id="item" label="资助内容" required error={fields['item']}>
            <Select
              id="item"
              aria-label="资助内容"
              value={item}
              options={items.map((value) => ({ value, label: value }))}
              onChange={setItem}
            />
          </LabelledField>
          <LabelledField id="amountFen" label="金额或折价（元）" error={fields['amountFen']}>
            <Input id="amountFen" inputMode="decimal" value={amount} onChange={(one) => setAmount(one.target.value)} />
          </LabelledField>
        </div>
      )}
    </Dialog>
  )
}

function EndDialog({ pair, close }: { pair: PairRow; close: () => void }): ReactElement {
  const [on, setOn] = useState<string | null>(today())
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title={`结束结对：${pair.partner}`}
      okText="结束"
      done="已结束。"
      ready={Boolean(on && reason.trim())}
      close={close}
      work={() => post(`/api/charity/pairs/${pair.id}/end`, { on, reason })}
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="on" label="结束日期" required error={fields['on']}>
            <DateInput id="on" label="结束日期" value={on} onChange={setOn} />
          </LabelledField>
          <LabelledField id="reason" label="原因" required error={fields['reason']}>
            <Input id="reason" maxLength={100} value={reason} onChange={(one) => setReason(one.target.value)} />
          </LabelledField>
        </div>
      )}
    </Dialog>
  )
}
