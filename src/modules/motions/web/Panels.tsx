import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { JUDGE_ROLES } from '../words.ts'
import { useRefresh } from './Deeds.tsx'
import { useOptions, type Options, type PanelRow } from './shapes.ts'

/** Panels of the union: those the reader leads, and those the reader sits in. */
export function Panels(): ReactElement {
  const options = useOptions()
  return <Loaded query={options}>{(known) => <Shown options={known} />}</Loaded>
}

function Shown({ options }: { options: Options }): ReactElement {
  const [asking, setAsking] = useState(false)
  const refresh = useRefresh()
  const panels = useQuery({
    queryKey: ['panels', options.unitId],
    queryFn: () =>
      get<{ panels: PanelRow[] }>('/api/motion-panels', { unitId: options.unitId }).then((answer) => answer.panels),
  })
  return (
    <Page
      title="评审与评优"
      crumbs={[{ title: '合理化建议', to: '/suggestions' }]}
      help="合理化建议评等次，提案评最佳、优秀和优秀组织单位，都由评审小组打分产生。"
      actions={
        options.may.supervise && (
          <Button type="primary" onClick={() => setAsking(true)}>
            成立评审小组
          </Button>
        )
      }
    >
      <div className="card">
        <DataTable<PanelRow>
          caption="评审小组"
          rows={panels.data}
          rowKey={(row) => row.id}
          columns={[
            {
              id: 'title',
              title: '小组',
              lead: true,
              render: (row) => <Link to={`/motions/panels/${row.id}` as never}>{row.title}</Link>,
            },
            {
              id: 'purpose',
              title: '评什么',
              width: 110,
              render: (row) => (row.purpose === 'motion' ? '提案评优' : '合理化建议'),
            },
            { id: 'formed', title: '成立', width: 110, render: (row) => row.formedOn },
            { id: 'judges', title: '评委', number: true, render: (row) => row.judges },
            { id: 'entries', title: '参评', number: true, render: (row) => row.entries },
            {
              id: 'state',
              title: '状态',
              width: 100,
              render: (row) => (
                <StatusTag text={row.closedOn ? '已评定' : '评审中'} tone={row.closedOn ? 'good' : 'info'} />
              ),
            },
          ]}
          empty={<Empty title="没有评审小组">您参加的评审会出现在这里。</Empty>}
        />
      </div>
      {asking && (
        <FormPanel
          unitId={options.unitId}
          close={() => {
            setAsking(false)
            refresh()
          }}
        />
      )}
    </Page>
  )
}

interface Judge {
  person: Named | null
  department: string
  role: (typeof JUDGE_ROLES)[number]
}

function FormPanel({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [purpose, setPurpose] = useState<'suggestion' | 'motion'>('suggestion')
  const [title, setTitle] = useState('合理化建议评审小组')
  const [documentNo, setDocumentNo] = useState('')
  const [formedOn, setFormedOn] = useState<string | null>(today())
  const [judges, setJudges] = useState<Judge[]>(
    Array.from({ length: 3 }, (_, at) => ({ person: null, department: '', role: at === 0 ? '组长' : '成员' })),
  )
  const set = (at: number, patch: Partial<Judge>): void =>
    setJudges(judges.map((judge, index) => (index === at ? { ...judge, ...patch } : judge)))
  return (
    <Dialog
      title="成立评审小组"
      okText="成立"
      done="已成立。"
      close={close}
      work={() =>
        post('/api/motion-panels', {
          unitId,
          purpose,
          title,
          documentNo: documentNo || null,
          formedOn,
          judges: judges
            .filter((judge) => judge.person)
            .map((judge) => ({ personId: judge.person?.id, department: judge.department, role: judge.role })),
        })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="n-purpose" label="评什么" required error={errors['purpose']}>
            <Select
              id="n-purpose"
              aria-label="评什么"
              value={purpose}
              options={[
                { value: 'suggestion', label: '合理化建议' },
                { value: 'motion', label: '最佳、优秀提案和优秀组织单位' },
              ]}
              onChange={setPurpose}
            />
          </LabelledField>
          <LabelledField id="n-title" label="小组名称" required error={errors['title']}>
            <Input
              id="n-title"
              aria-label="小组名称"
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="n-paper" label="成立文件号" error={errors['documentNo']}>
            <Input
              id="n-paper"
              aria-label="成立文件号"
              value={documentNo}
              onChange={(event) => setDocumentNo(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="n-formed" label="成立日期" required error={errors['formedOn']}>
            <DateInput id="n-formed" label="成立日期" value={formedOn} onChange={setFormedOn} />
          </LabelledField>
          <div className="field">
            <span className="label">成员（至少 3 名）</span>
            {judges.map((judge, at) => (
              // Rows have no identity before they are saved.
              // oxlint-disable-next-line react/no-array-index-key
              <div key={at} className="row" style={{ gap: 6, marginBottom: 6 }}>
                <div style={{ flex: '1 1 120px' }}>
                  <PersonPicker
                    label={`成员${at + 1}`}
                    membersOnly
                    unitId={unitId}
                    value={judge.person}
                    onChange={(person) => set(at, { person })}
                  />
                </div>
                <Input
                  style={{ flex: '1 1 100px' }}
                  aria-label={`成员${at + 1}所在部门`}
                  placeholder="所在部门"
                  value={judge.department}
                  onChange={(event) => set(at, { department: event.target.value })}
                />
                <Select
                  aria-label={`成员${at + 1}职务`}
                  value={judge.role}
                  options={JUDGE_ROLES.map((value) => ({ value, label: value }))}
                  onChange={(role: Judge['role']) => set(at, { role })}
                />
              </div>
            ))}
            <button
              type="button"
              className="link"
              onClick={() => setJudges([...judges, { person: null, department: '', role: '成员' }])}
            >
              再加一名
            </button>
            {errors['judges'] && <span className="field-error">{errors['judges']}</span>}
          </div>
        </>
      )}
    </Dialog>
  )
}
