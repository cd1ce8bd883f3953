import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { moneyText, StatusTag } from '../../../web/ui/values.tsx'
import type { DriveRow } from '../contract.ts'
import { type Cause, CAUSES, SOCIETY_PURPOSES } from '../words.ts'

/** A year's drives: how many of how many gave, how much, what became of it. */
export function Drives(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [opening, setOpening] = useState(false)
  const drives = useQuery({
    queryKey: ['drives', scope.unitId, scope.year],
    queryFn: () =>
      get<{ drives: DriveRow[] }>('/api/charity/drives', { unitId: scope.unitId, year: scope.year }).then(
        (answer) => answer.drives,
      ),
    enabled: scope.unitId > 0,
  })
  const add = may('charity.write') && (
    <Button type="primary" onClick={() => setOpening(true)}>
      发起募捐
    </Button>
  )
  return (
    <Page
      title="募捐"
      help="捐款入账后专款专用，只能用于发起时写明的用途；致谢时，只有本人同意的才写姓名。"
      actions={
        <>
          {may('charity.write') && <LinkButton to="/charity/pairs">结对</LinkButton>}
          {add}
        </>
      }
    >
      <section className="card">
        <Loaded query={drives}>
          {(rows) => (
            <DataTable
              caption="募捐"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'title',
                  title: '募捐',
                  lead: true,
                  render: (row) => <Link to={`/charity/drives/${row.id}` as never}>{row.title}</Link>,
                },
                { id: 'cause', title: '类别', render: (row) => CAUSES[row.cause] },
                { id: 'unit', title: '单位', render: (row) => row.unitName },
                {
                  id: 'donors',
                  title: '捐款 / 动员',
                  number: true,
                  render: (row) => `${row.donors} / ${row.people} 人`,
                },
                { id: 'given', title: '捐款（元）', number: true, render: (row) => moneyText(row.givenFen) },
                { id: 'used', title: '已使用（元）', number: true, render: (row) => moneyText(row.usedFen) },
                {
                  id: 'state',
                  title: '状态',
                  render: (row) =>
                    row.state === 'open' ? (
                      <StatusTag text="进行中" tone="warn" />
                    ) : (
                      <StatusTag text="已结束" tone="good" />
                    ),
                },
              ]}
              empty={
                <Empty title="今年没有募捐" actions={add}>
                  为患病的同事、困难职工或社会捐款，都从这里发起。
                </Empty>
              }
            />
          )}
        </Loaded>
      </section>
      {opening && (
        <OpenDialog
          unitId={scope.unitId}
          close={() => {
            setOpening(false)
            void queries.invalidateQueries({ queryKey: ['drives'] })
          }}
        />
      )}
    </Page>
  )
}

function OpenDialog({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [cause, setCause] = useState<Cause>('hardship')
  const [title, setTitle] = useState('')
  const [purpose, setPurpose] = useState('')
  const [beneficiary, setBeneficiary] = useState('')
  const [target, setTarget] = useState('')
  const [startOn, setStartOn] = useState<string | null>(today())
  const [untilOn, setUntilOn] = useState<string | null>(null)
  return (
    <Dialog
      title="发起募捐"
      okText="发起"
      done="已发起。"
      ready={Boolean(title.trim() && purpose.trim() && startOn && untilOn)}
      close={close}
      work={() =>
        post('/api/charity/drives', {
          unitId,
          cause,
          title,
          purpose,
          startOn,
          untilOn,
          targetFen: target.trim() ? parseNumber('money', target) : null,
          ...(beneficiary.trim() && { beneficiary }),
        })
      }
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="cause" label="类别" required error={fields['cause']}>
            <Select
              id="cause"
              aria-label="类别"
              value={cause}
              options={Object.entries(CAUSES).map(([value, label]) => ({ value, label }))}
              onChange={(value) => {
                setCause(value as Cause)
                setPurpose('')
              }}
            />
          </LabelledField>
          <LabelledField id="title" label="募捐名称" required error={fields['title']}>
            <Input id="title" maxLength={60} value={title} onChange={(one) => setTitle(one.target.value)} />
          </LabelledField>
          <LabelledField id="purpose" label="款项用途" required error={fields['purpose']}>
            {cause === 'society' ? (
              <Select
                id="purpose"
                aria-label="款项用途"
                value={purpose || null}
                options={SOCIETY_PURPOSES.map((value) => ({ value, label: value }))}
                onChange={setPurpose}
              />
            ) : (
              <Input id="purpose" maxLength={100} value={purpose} onChange={(one) => setPurpose(one.target.value)} />
            )}
          </LabelledField>
          <LabelledField
            id="beneficiary"
            label={cause === 'society' ? '接收单位' : '受益人'}
            error={fields['beneficiary']}
            help={cause === 'society' ? undefined : '只有办理的人能看到，不会公开。'}
          >
            <Input
              id="beneficiary"
              maxLength={60}
              value={beneficiary}
              onChange={(one) => setBeneficiary(one.target.value)}
            />
          </LabelledField>
          <LabelledField id="targetFen" label="目标金额（元）" error={fields['targetFen']}>
            <Input id="targetFen" inputMode="decimal" value={target} onChange={(one) => setTarget(one.target.value)} />
          </LabelledField>
          <LabelledField id="startOn" label="开始日期" required error={fields['startOn']}>
            <DateInput id="startOn" label="开始日期" value={startOn} onChange={setStartOn} />
          </LabelledField>
          <LabelledField id="untilOn" label="截止日期" required error={fields['untilOn']}>
            <DateInput id="untilOn" label="截止日期" value={untilOn} onChange={setUntilOn} />
          </LabelledField>
        </div>
      )}
    </Dialog>
  )
}
